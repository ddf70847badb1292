// What Compare shows besides `ablate compare`: the names to choose from, and what weakens a study.
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "serve/live_data.hpp"
#include "text/escape.hpp"

namespace ablate {

using Json = nlohmann::ordered_json;

WebAnswer LiveData::variants(const WebRequest& request) {
  const std::int64_t study = id_of(request, "study");
  Json list = Json::array();
  Reader(sources_.database)
      .select(
          "SELECT id, name, is_baseline FROM variant WHERE study_id = ?1 AND EXISTS (SELECT 1 FROM run WHERE "
          "variant_id = variant.id AND obsolete = 0) ORDER BY position",
          {study}, [&](const std::vector<Value>& row) {
            list.push_back({{"id", std::get<std::int64_t>(row[0])},
                            {"name", printable_line(to_string(row[1]))},
                            {"baseline", row[2] == Value(std::int64_t{1})}});
          });
  if (list.empty()) throw RequestError("there is no variant of a study with this number");
  return {200, "application/json", Json{{"variants", std::move(list)}}.dump(), {}};
}

std::string LiveData::weakness(std::int64_t study_id) {
  const Json answer = Json::parse(answer_of(study_id).body);
  for (const Json& bullet : answer["bullets"]) {
    if (bullet.get<std::string>().starts_with("Weakened by")) return bullet;
  }
  return {};
}

}  // namespace ablate
