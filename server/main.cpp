// kindroomd: what was asked for on the command line, and nothing else. serve.cpp builds the server.
#include <fstream>
#include <iostream>

#include "arguments.hpp"
#include "config/document.hpp"
#include "config/filters_file.hpp"
#include "config/house_texts.hpp"
#include "config/load.hpp"
#include "operator/carry_out.hpp"
#include "operator/data_orders.hpp"
#include "operator/house_folder.hpp"
#include "operator/selftest/selftest.hpp"
#include "operator/try_filters.hpp"
#include "serve.hpp"
#include "version.hpp"

namespace kindroom {

namespace {

struct Main {
    const Arguments& arguments;

    // The configuration, or nothing after its mistakes have been told.
    std::optional<config::Config> configuration() const {
        auto loaded = config::load_config(arguments.config_file);
        if (auto* config = std::get_if<config::Config>(&loaded)) return std::move(*config);
        std::cerr << to_text(std::get<std::vector<config::Mistake>>(loaded));
        return std::nullopt;
    }

    int operator()(const Serve&) const {
        const auto config = configuration();
        return static_cast<int>(config ? serve(*config, arguments.config_file) : ExitCode::bad_usage);
    }
    int operator()(const CheckConfiguration&) const {
        const auto config = configuration();
        if (!config) return static_cast<int>(ExitCode::bad_usage);
        const auto texts = config::load_house_texts(*config);
        if (const auto* mistakes = std::get_if<std::vector<config::Mistake>>(&texts)) {
            std::cerr << to_text(*mistakes);
            return static_cast<int>(ExitCode::bad_usage);
        }
        std::cout << "The configuration can be used.\n";
        return 0;
    }
    int operator()(const PrintDefaultConfiguration&) const {
        std::cout << config::default_config_text();
        return 0;
    }
    int operator()(const PrintVersion&) const {
        std::cout << "kindroomd " << version << '\n';
        return 0;
    }
    int operator()(const MakeFolder& wish) const {
        const auto certificate =
            wish.dev_certificate ? operator_::Certificate::development : operator_::Certificate::none;
        return operator_::make_house_folder(wish.folder, certificate, std::cout, std::cerr) ? 0 : 1;
    }
    int operator()(const TestBoundaries& wish) const {
        const operator_::SelftestOptions options{
            .program = std::filesystem::read_symlink("/proc/self/exe"), .pairs = wish.pairs, .look = wish.look};
        return operator_::selftest_boundaries(options, std::cout, std::cerr);
    }
    // Only what is said there, for commands beside a server: what it names need not be there for them.
    std::optional<config::Config> read_configuration() const {
        auto read = config::read_config(arguments.config_file, config::environment_of_this_process());
        if (auto* config = std::get_if<config::Config>(&read)) return std::move(*config);
        std::cerr << to_text(std::get<std::vector<config::Mistake>>(read));
        return std::nullopt;
    }
    int operator()(const LookAtAudit& wish) const {
        const auto config = read_configuration();
        if (!config) return static_cast<int>(ExitCode::bad_usage);
        return operator_::look_at_audit(wish.order, *config, std::cout, std::cerr);
    }
    // Those of the file that is named, or of the house.
    std::variant<filters::FilterSetPtr, std::vector<config::Mistake>> filters_for(const TryFilters& wish) const {
        std::filesystem::path file = wish.filters;
        Limits limits;
        if (file.empty()) {
            auto read = config::read_config(arguments.config_file, config::environment_of_this_process());
            if (auto* mistakes = std::get_if<std::vector<config::Mistake>>(&read)) return std::move(*mistakes);
            limits = std::get<config::Config>(read).limits;
            file = std::get<config::Config>(read).house.filters_file;
        }
        if (file.empty()) return config::parse_filters(config::default_filters_text(), "", limits);
        auto text = config::read_text_file(file.string());
        if (auto* mistake = std::get_if<config::Mistake>(&text)) return std::vector{std::move(*mistake)};
        return config::parse_filters(std::get<std::string>(text), file.string(), limits);
    }
    int operator()(const TryFilters& wish) const {
        const auto filters = filters_for(wish);
        if (const auto* mistakes = std::get_if<std::vector<config::Mistake>>(&filters)) {
            std::cerr << to_text(*mistakes);
            return static_cast<int>(ExitCode::bad_usage);
        }
        std::ifstream file;
        if (wish.file != "-") file.open(wish.file);
        if (wish.file != "-" && !file) {
            std::cerr << wish.file.string() << " cannot be read.\n";
            return 1;
        }
        operator_::try_filters(*std::get<filters::FilterSetPtr>(filters), wish.file == "-" ? std::cin : file,
                               std::cout);
        return 0;
    }
    int operator()(const LookAfterData& wish) const {
        const auto config = read_configuration();
        if (!config) return static_cast<int>(ExitCode::bad_usage);
        return operator_::look_after_data(wish.order, *config, std::cout, std::cerr);
    }
    int operator()(const OperatorOrder& wish) const {
        const auto config = read_configuration();
        if (!config) return static_cast<int>(ExitCode::bad_usage);
        const operator_::Setting setting{.socket = config->operator_.socket,
                                         .limits = config->limits,
                                         .json = wish.json,
                                         .in = std::cin,
                                         .out = std::cout,
                                         .err = std::cerr,
                                         .way_in = operator_::way_in(config->listen)};
        return static_cast<int>(operator_::carry_out(wish.order, setting));
    }
};

}  // namespace

}  // namespace kindroom

int main(int argc, char** argv) {
    try {
        const auto read = kindroom::read_arguments(argc, argv, std::cout, std::cerr);
        if (const int* code = std::get_if<int>(&read)) return *code;
        const auto& arguments = std::get<kindroom::Arguments>(read);
        return std::visit(kindroom::Main{arguments}, arguments.wish);
    } catch (const std::exception& trouble) {
        std::cerr << "kindroomd: " << trouble.what() << '\n';
        return 1;
    }
}
