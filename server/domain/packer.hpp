// Values of the domain as bytes to be sealed, and back. Each kind of value begins with the version of its packing, so
// that later versions of the server read what earlier ones wrote.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/ids.hpp"
#include "base/time.hpp"

namespace kindroom::domain {

class Packer {
  public:
    explicit Packer(char version) : out_(1, version) {}

    Packer& number(std::int64_t number) {
        for (int shift = 0; shift < 64; shift += 8) out_.push_back(static_cast<char>(number >> shift & 0xff));
        return *this;
    }
    Packer& time(TimePoint time) { return number(to_ms(time)); }
    Packer& text(std::string_view text) {
        number(static_cast<std::int64_t>(text.size()));
        out_.append(text);
        return *this;
    }
    template <class Id>
    Packer& id(const Id& id) {
        out_.append(reinterpret_cast<const char*>(id.bytes().data()), Id::size);
        return *this;
    }
    std::string take() { return std::move(out_); }

  private:
    std::string out_;
};

// Takes pieces from the front. After a piece that is not there everything is empty and done() stays false.
class Unpacker {
  public:
    explicit Unpacker(std::string_view packed) : rest_(packed), ok_(!packed.empty()) {
        if (ok_) rest_.remove_prefix(1);
        version_ = packed.empty() ? char{0} : packed.front();
    }

    char version() const { return version_; }
    std::int64_t number() {
        if (rest_.size() < 8) return fail(), 0;
        std::uint64_t value = 0;
        for (std::size_t i = 8; i-- > 0;) value = value << 8 | static_cast<unsigned char>(rest_[i]);
        rest_.remove_prefix(8);
        return static_cast<std::int64_t>(value);
    }
    TimePoint time() { return from_ms(number()); }
    std::string text() {
        const auto size = static_cast<std::uint64_t>(number());
        if (!ok_ || size > rest_.size()) return fail(), std::string{};
        std::string value(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return value;
    }
    template <class Id>
    Id id() {
        if (rest_.size() < Id::size) return fail(), Id{};
        const auto id = Id::from_bytes(std::as_bytes(std::span(rest_.data(), Id::size)));
        rest_.remove_prefix(Id::size);
        return *id;
    }
    // How many pieces follow, never more than there are bytes left for.
    std::size_t count() {
        const auto count = static_cast<std::uint64_t>(number());
        if (count > rest_.size()) return fail(), 0;
        return count;
    }
    // A number that stands for one of a closed set, whose first and last these are. Any other was not packed by us.
    template <class Enum>
    Enum one_of(Enum first, Enum last) {
        const auto value = number();
        if (value < static_cast<std::int64_t>(first) || value > static_cast<std::int64_t>(last)) return fail(), first;
        return static_cast<Enum>(value);
    }
    // For a reader who finds what cannot be.
    void fail() {
        ok_ = false;
        rest_ = {};
    }
    bool ok() const { return ok_; }
    // All there, and nothing left over.
    bool done() const { return ok_ && rest_.empty(); }

  private:
    std::string_view rest_;
    bool ok_;
    char version_ = 0;
};

}  // namespace kindroom::domain
