// Certificates made on the spot.
#pragma once

#include <filesystem>
#include <string>

namespace kindroom::net {

enum class Validity { for_an_hour, expired };

// Writes a self-signed certificate and its key.
void make_certificate(const std::filesystem::path& certificate, const std::filesystem::path& key,
                      const std::string& common_name, Validity validity = Validity::for_an_hour);

}  // namespace kindroom::net
