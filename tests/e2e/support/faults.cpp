#include "e2e/support/faults.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <stdexcept>
#include <sys/mman.h>
#include <unistd.h>

namespace kindroom::test {

Faults::Faults() {
    const int file = ::open(folder_.file("page").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || ::ftruncate(file, sizeof(FaultPage)) != 0) throw std::runtime_error("no page for the faults");
    void* const place = ::mmap(nullptr, sizeof(FaultPage), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::close(file);
    if (place == MAP_FAILED) throw std::runtime_error("no page for the faults");
    page_ = static_cast<FaultPage*>(place);
}

Faults::~Faults() { ::munmap(page_, sizeof(FaultPage)); }

std::map<std::string, std::string> Faults::environment() const {
    std::map<std::string, std::string> out{{"LD_PRELOAD", KINDROOM_FAULT_LIBRARY},
                                           {fault_page_variable, folder_.file("page")}};
#ifdef __SANITIZE_ADDRESS__
    // The sanitizer asks to be the first of all libraries; this one calls none of what it watches.
    const char* const wanted = std::getenv("ASAN_OPTIONS");
    out["ASAN_OPTIONS"] = (wanted ? std::string(wanted) + ":" : std::string()) + "verify_asan_link_order=0";
#endif
    return out;
}

}  // namespace kindroom::test
