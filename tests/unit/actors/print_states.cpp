// Prints docs/states.md.
#include <iostream>

#include "unit/actors/states_page.hpp"

int main() { std::cout << kindroom::actors::test::states_page(); }
