// A piece of work to be run once, which may own things that cannot be copied (std::move_only_function is C++23).
#pragma once

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace kindroom {

template <class Signature>
class MoveOnlyFunction;

template <class R, class... Args>
class MoveOnlyFunction<R(Args...)> {
  public:
    MoveOnlyFunction() = default;
    MoveOnlyFunction(std::nullptr_t) {}

    template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, MoveOnlyFunction> && std::is_invocable_r_v<R, F&, Args...>)
        MoveOnlyFunction(F&& f)
        : body_(std::make_unique<Body<std::remove_cvref_t<F>>>(std::forward<F>(f))) {}

    explicit operator bool() const { return body_ != nullptr; }
    R operator()(Args... args) { return body_->call(std::forward<Args>(args)...); }

  private:
    struct Callable {
        virtual ~Callable() = default;
        virtual R call(Args... args) = 0;
    };
    template <class F>
    struct Body final : Callable {
        template <class G>
        explicit Body(G&& g) : f(std::forward<G>(g)) {}
        R call(Args... args) override { return f(std::forward<Args>(args)...); }
        F f;
    };
    std::unique_ptr<Callable> body_;
};

using Task = MoveOnlyFunction<void()>;

}  // namespace kindroom
