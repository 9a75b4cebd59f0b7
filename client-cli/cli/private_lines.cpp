#include "cli/private_lines.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <google/protobuf/util/json_util.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace kindroom::cli {

PrivateLines::PrivateLines(std::string path) : path_(std::move(path)) {
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file_ < 0) fail("could not be made");
}

PrivateLines::~PrivateLines() {
    if (file_ >= 0) ::close(file_);
}

void PrivateLines::fail(const char* what) { trouble_ = path_ + " " + what + ": " + std::strerror(errno) + "."; }

void PrivateLines::add(const google::protobuf::Message& message) {
    if (!is_well()) return;
    std::string line;
    if (!google::protobuf::util::MessageToJsonString(message, &line).ok()) return;
    line += '\n';
    for (std::string_view rest = line; !rest.empty();) {
        const ssize_t written = ::write(file_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return fail("could not be written");
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

void PrivateLines::discard() {
    if (file_ < 0) return;
    ::unlink(path_.c_str());
    ::close(file_);
    file_ = -1;
}

}  // namespace kindroom::cli
