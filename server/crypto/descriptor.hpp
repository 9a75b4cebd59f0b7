// An open file that closes itself.
#pragma once

#include <unistd.h>

namespace kindroom::crypto {

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    // Negative: none was opened.
    int get() const { return number_; }

  private:
    int number_;
};

}  // namespace kindroom::crypto
