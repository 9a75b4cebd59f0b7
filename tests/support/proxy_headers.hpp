// What a proxy says before the bytes of its client, put together from the description of the PROXY protocol.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kindroom::test {

// Version 2. `command`: 0x20 in its own name, 0x21 for a client. `family`: 0x11 TCP over IPv4, 0x21 over IPv6.
inline std::string binary_header(unsigned char command, unsigned char family, std::string_view content) {
    std::string out("\r\n\r\n\0\r\nQUIT\n", 12);
    out += static_cast<char>(command);
    out += static_cast<char>(family);
    out += static_cast<char>(content.size() >> 8);
    out += static_cast<char>(content.size() & 0xff);
    return out.append(content);
}

// For a client at 192.0.2.`last`, with what haproxy tells beside the addresses: the name that the client asked for.
inline std::string brings(unsigned char last) {
    std::string content("\xC0\x00\x02", 3);
    content += static_cast<char>(last);
    content.append("\xC6\x33\x64\x01", 4);              // to 198.51.100.1
    content.append("\xB0\x00\x1D\x13", 4);              // from port 45056 to 7443
    content.append("\x02\x00\x0Drooms.example", 3 + 13);  // PP2_TYPE_AUTHORITY
    return binary_header(0x21, 0x11, content);
}

}  // namespace kindroom::test
