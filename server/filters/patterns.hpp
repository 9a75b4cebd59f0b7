// Many regular expressions over one text, in time that grows with the text only (RE2). Immutable; any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kindroom::filters {

// What is wrong with a pattern, in one sentence; nothing if it can be used.
std::optional<std::string> trouble_with(const std::string& pattern);

class Patterns {
  public:
    Patterns();
    ~Patterns();
    Patterns(Patterns&&) noexcept;
    Patterns& operator=(Patterns&&) noexcept;

    // The pattern has no trouble.
    void add(const std::string& pattern, std::uint32_t meaning);
    // After the last one. False: all together need more memory than they may have.
    [[nodiscard]] bool finish();
    bool empty() const;
    // Appends the meanings of those that are found.
    void find(std::string_view text, std::vector<std::uint32_t>& found) const;

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace kindroom::filters
