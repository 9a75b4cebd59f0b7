// A value that must not outlive its use, be copied about or be printed: passphrases, codes, tokens.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace kindroom {

// Wipes its bytes when it goes. It can be moved, and read by those who ask by name; nothing formats it.
class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string_view value) : value_(value) {}
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    Secret(Secret&& other) noexcept : value_(std::move(other.value_)) { other.wipe(); }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            wipe();
            value_ = std::move(other.value_);
            other.wipe();
        }
        return *this;
    }
    ~Secret() { wipe(); }

    // For the one place that needs the value.
    std::string_view reveal() const { return value_; }
    bool empty() const { return value_.empty(); }
    Secret copy() const { return Secret{value_}; }

  private:
    // Through a volatile pointer, so that the compiler does not drop writes to memory that dies next. The whole buffer,
    // not only the current length: a moved-from short string still holds its characters.
    void wipe() {
        volatile char* p = value_.data();
        for (std::size_t i = 0; i < value_.capacity(); ++i) p[i] = 0;
        value_.clear();
    }
    std::string value_;
};

}  // namespace kindroom
