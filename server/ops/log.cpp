// The one file that includes spdlog, as a compiled library.
#include "ops/log.hpp"

#include <ostream>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <string>

namespace kindroom::ops {

namespace {

std::string_view name_of_event(LogEvent event) {
    switch (event) {
        case LogEvent::server_starting:
            return "server_starting";
        case LogEvent::server_ready:
            return "server_ready";
        case LogEvent::server_stopping:
            return "server_stopping";
        case LogEvent::server_stopped:
            return "server_stopped";
        case LogEvent::reload_done:
            return "reload_done";
        case LogEvent::reload_refused:
            return "reload_refused";
        case LogEvent::certificate_expires_soon:
            return "certificate_expires_soon";
        case LogEvent::accepting_paused:
            return "accepting_paused";
        case LogEvent::proxy_header_missing:
            return "proxy_header_missing";
        case LogEvent::store_refused:
            return "store_refused";
        case LogEvent::store_trouble:
            return "store_trouble";
        case LogEvent::store_recovered:
            return "store_recovered";
    }
    return "unknown";
}

spdlog::level::level_enum level_of(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warning:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

spdlog::level::level_enum level_of(const std::string& name) {
    if (name == "debug") return spdlog::level::debug;
    if (name == "warning") return spdlog::level::warn;
    return name == "error" ? spdlog::level::err : spdlog::level::info;
}

std::string json_text(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.append("\\").push_back(c);
        } else if (byte < 0x20 || byte == 0x7f) {
            out.append("\\u00").push_back(digits[byte >> 4]);
            out.push_back(digits[byte & 15]);
        } else {
            out.push_back(c);
        }
    }
    return out + '"';
}

// A duration is a number of seconds in JSON, as in the metrics, and has its unit in text.
struct ValueWriter {
    bool as_json;
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(std::uint64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return fmt::format("{:.6g}", value); }
    std::string operator()(std::chrono::nanoseconds value) const {
        const double seconds = std::chrono::duration<double>(value).count();
        return fmt::format("{:.6g}{}", seconds, as_json ? "" : "s");
    }
    std::string operator()(Literal value) const {
        return as_json ? json_text(value.text()) : std::string{value.text()};
    }
};

std::string line_breaks_away(std::string_view sentence) {
    std::string out{sentence};
    for (char& c : out) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    }
    return out;
}

}  // namespace

struct Log::Writer {
    Writer(const config::Config::Log& settings, spdlog::sink_ptr sink)
        : as_json(settings.format == "json"), logger("kindroom", std::move(sink)) {
        logger.set_formatter(std::make_unique<spdlog::pattern_formatter>(
            as_json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})" : "%Y-%m-%dT%H:%M:%S.%eZ %-7l %v",
            spdlog::pattern_time_type::utc));
        logger.set_level(level_of(settings.level));
        logger.flush_on(spdlog::level::trace);
        // A full disk behind standard error must not become an exception in the middle of somebody's command.
        logger.set_error_handler([](const std::string&) {});
    }

    bool as_json;
    spdlog::logger logger;
};

Log::Log(const config::Config::Log& settings)
    : writer_(std::make_unique<Writer>(settings, std::make_shared<spdlog::sinks::stderr_sink_mt>())) {}

Log::Log(const config::Config::Log& settings, std::ostream& out)
    : writer_(std::make_unique<Writer>(settings, std::make_shared<spdlog::sinks::ostream_sink_mt>(out))) {}

Log::~Log() = default;

void Log::write(Level level, LogEvent event, std::initializer_list<Field> fields) {
    if (!writer_->logger.should_log(level_of(level))) return;
    const ValueWriter value_of{writer_->as_json};
    const std::string_view name = name_of_event(event);
    std::string line = writer_->as_json ? "\"event\":" + json_text(name) : std::string{name};
    for (const Field& field : fields) {
        const std::string_view field_name = field.name().text();
        line += writer_->as_json ? "," + json_text(field_name) + ":" : " " + std::string{field_name} + "=";
        line += std::visit(value_of, field.value());
    }
    writer_->logger.log(level_of(level), spdlog::string_view_t{line});
}

void Log::operator_notice(Level level, std::string_view sentence) {
    const std::string line =
        writer_->as_json ? R"("event":"notice","text":)" + json_text(sentence) : line_breaks_away(sentence);
    writer_->logger.log(level_of(level), spdlog::string_view_t{line});
}

}  // namespace kindroom::ops
