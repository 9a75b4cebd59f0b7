// The inner pieces of the server, each as something that can be done again and again: for timing and for counting
// instructions.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace kindroom::bench {

using Act = std::function<void()>;

struct Piece {
    std::string name;
    // Makes the scene; what it gives does the piece once.
    std::function<Act()> make;
};

std::vector<Piece> wire_pieces();
std::vector<Piece> domain_pieces();
std::vector<Piece> crypto_pieces();

// So many posts asked of the SQLite store at once, until all are durable. Wall time is what counts here, and its
// instructions are not the same twice.
Act store_commit(std::size_t batch);

// What was worked out is not optimised away.
template <class T>
void keep(const T& value) {
    asm volatile("" : : "g"(&value) : "memory");
}

}  // namespace kindroom::bench
