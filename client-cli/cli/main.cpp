// The command `kindroom`: reads its options, then talks with a person or with a script.
#include <clocale>
#include <csignal>
#include <cstring>
#include <exception>
#include <google/protobuf/stubs/logging.h>
#include <iostream>
#include <langinfo.h>

#include "cli/options.hpp"
#include "cli/script.hpp"
#include "cli/talk.hpp"

namespace {

void be_quiet(google::protobuf::LogLevel, const char*, int, const std::string&) {}

// The line editor needs to know that keys are UTF-8, also where nobody has set a locale.
void use_utf8() {
    std::setlocale(LC_ALL, "");
    if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0) std::setlocale(LC_CTYPE, "C.UTF-8");
}

}  // namespace

int main(int argc, char** argv) {
    using namespace kindroom::cli;
    try {
        // A broken pipe is an error of that write, not the end of the program.
        std::signal(SIGPIPE, SIG_IGN);
        google::protobuf::SetLogHandler(&be_quiet);
        auto read = read_options(argc, argv);
        if (const auto* code = std::get_if<int>(&read)) return *code;
        const auto& settings = std::get<Settings>(read);
        if (settings.json) return static_cast<int>(run_script(settings));
        use_utf8();
        return static_cast<int>(talk(settings));
    } catch (const std::exception& error) {
        std::cerr << "kindroom: " << error.what() << '\n';
        return static_cast<int>(Exit::connection);
    }
}
