// How long to wait before the next try. Pure: chance is handed in.
#pragma once

#include <chrono>

namespace kindroom::client {

class Backoff {
  public:
    struct Options {
        std::chrono::milliseconds first{500};
        std::chrono::milliseconds max{30'000};
    };

    explicit Backoff(Options options) : options_(options) {}
    Backoff() : Backoff(Options{}) {}

    // The next wait: doubles from `first` to `max`, and is shortened by up to a half at random, so that many clients
    // that lost the same server do not return in step. `chance` is uniform in [0, 1).
    std::chrono::milliseconds next(double chance);

    // Begins anew, after things went well.
    void reset() { tries_ = 0; }

  private:
    Options options_;
    int tries_ = 0;
};

}  // namespace kindroom::client
