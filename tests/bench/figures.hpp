// What one turn gave: names and values in order, printed as one JSON object on one line.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace kindroom::bench {

class Figures {
  public:
    // What was asked for, or only explains.
    Figures& note(const char* name, const std::string& text);
    Figures& note(const char* name, const char* text) { return note(name, std::string(text)); }
    Figures& note(const char* name, bool value);
    Figures& note(const char* name, std::uint64_t value);
    Figures& note(const char* name, double value);
    // What is compared between two builds.
    Figures& measured(const char* name, double value);

    Figures& append(const Figures& more);
    const std::vector<std::pair<std::string, double>>& all_measured() const { return measured_; }
    std::string json() const { return "{" + members_ + "}"; }

  private:
    Figures& member(const char* name, const std::string& value);

    std::string members_;
    std::vector<std::pair<std::string, double>> measured_;
};

// Waiting times in milliseconds.
class Times {
  public:
    void add(double milliseconds) { all_.push_back(milliseconds); }
    void clear() { all_.clear(); }
    std::size_t count() const { return all_.size(); }
    // p50, p99, p99.9 and the longest, each as <name>_p50_ms and so on; nothing where there are none.
    void measured(Figures& into, const std::string& name) const;

  private:
    std::vector<double> all_;
};

// Of values in order; `part` in [0, 1].
double quantile(const std::vector<double>& sorted, double part);

}  // namespace kindroom::bench
