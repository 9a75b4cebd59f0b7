// What an image of a server's memory would show.
#pragma once

#include <string>
#include <vector>

namespace kindroom::test {

// Which of these texts are in the memory of a process, as it is now.
std::vector<std::string> in_memory(int process, const std::vector<std::string>& texts);
// Waits until none of them is, or no longer; which are left.
std::vector<std::string> left_in_memory(int process, const std::vector<std::string>& texts);

}  // namespace kindroom::test
