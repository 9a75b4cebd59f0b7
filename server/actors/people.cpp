#include "actors/people.hpp"

#include "actors/home.hpp"

namespace kindroom::actors {

namespace {

struct Search {
    IdentityPtr asker;
    std::vector<domain::PersonRef> people;
    MoveOnlyFunction<void(Result<NamedPeople>)> then;
    NamedPeople found;
    std::vector<bool> asked;
};

void search_on(Home& home, std::unique_ptr<Search> search);

// What a room answered about the people at these places of the list.
void take_in(Home& home, std::unique_ptr<Search> search, RoomId room, const std::vector<std::size_t>& places,
             Result<std::vector<std::optional<RoomActor::FoundPerson>>> answer) {
    if (!answer) return search->then(answer.error());
    for (std::size_t i = 0; i < places.size(); ++i)
        if (auto& person = (*answer)[i])
            search->found[places[i]] =
                NamedPerson{.who = {.account = person->account, .room = room, .person = std::move(person->person)},
                            .joined = person->joined,
                            .left_at = person->left_at};
    search_on(home, std::move(search));
}

void search_on(Home& home, std::unique_ptr<Search> search) {
    std::vector<std::size_t> places;
    std::vector<PersonToken> tokens;
    RoomId room;
    for (std::size_t i = 0; i < search->people.size(); ++i) {
        if (search->asked[i]) continue;
        if (places.empty()) room = search->people[i].room;
        if (search->people[i].room != room) continue;
        search->asked[i] = true;
        places.push_back(i);
        tokens.push_back(search->people[i].token);
    }
    if (places.empty()) return search->then(std::move(search->found));
    const auto& shards = home.services().shards;
    shards.send(shards.home_of(room), [back = home.shard(), room, tokens = std::move(tokens),
                                       places = std::move(places), search = std::move(search)](Home& there) mutable {
        IdentityPtr asker = search->asker;
        there.room(room).find_people(
            std::move(asker), std::move(tokens),
            [&there, back, room, places = std::move(places), search = std::move(search)](auto answer) mutable {
                there.services().shards.send(back, [room, places = std::move(places), search = std::move(search),
                                                    answer = std::move(answer)](Home& again) mutable {
                    take_in(again, std::move(search), room, places, std::move(answer));
                });
            });
    });
}

}  // namespace

void find_people(Home& home, IdentityPtr asker, std::vector<domain::PersonRef> people,
                 MoveOnlyFunction<void(Result<NamedPeople>)> then) {
    const std::size_t count = people.size();
    search_on(home, std::make_unique<Search>(Search{.asker = std::move(asker),
                                                    .people = std::move(people),
                                                    .then = std::move(then),
                                                    .found = NamedPeople(count),
                                                    .asked = std::vector<bool>(count)}));
}

}  // namespace kindroom::actors
