#include "runtime/worker.hpp"

namespace kindroom::runtime {

void Worker::stop() {
    loop_.halt();
    loop_.join();
}

}  // namespace kindroom::runtime
