/// Study files that a YAML parser takes, or refuses in words of its own, though they say something else than
/// their author sees.

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "config/study_support.hpp"

using namespace ablate;
using namespace ablate::test;
using Catch::Contains;
using Catch::StartsWith;

namespace {

std::vector<std::string> warnings_of(const std::string& text) { return study_of(text).warnings; }

}  // namespace

TEST_CASE("a quote that is not closed is refused with its place, whatever follows it") {
  const std::string rest = "\ndata: {source: glyphs}\nmodel: {hidden: [16]}\nseeds: 2\n";
  CHECK_THAT(refusal_of("study: s\nquestion: 'Does it help?" + rest),
             StartsWith("s.yaml:2:11: the quote ' that opens here is not closed"));
  CHECK_THAT(refusal_of("study: s\nquestion: \"Does it help?" + rest),
             StartsWith("s.yaml:2:11: the quote \" that opens here is not closed"));
  CHECK_THAT(refusal_of("study: 's" + rest), StartsWith("s.yaml:1:8: the quote '"));
  CHECK_THAT(refusal_of("\xEF\xBB\xBFstudy: 's" + rest), StartsWith("s.yaml:1:8: the quote '"));
  CHECK_THAT(refusal_of("study: s\ndata:\n  source: idx\n  path: &p # where\n    !!str '/x''" + rest),
             StartsWith("s.yaml:5:11: the quote '"));
  CHECK_THAT(refusal_of("study: s\nquestion: \"ends in \\\"" + rest), Contains("2:11: the quote"));
  CHECK_THAT(refusal_of("study: s\nquestion: 'it''s" + rest), Contains("2:11: the quote"));
  for (const char* closed :
       {"'it''s'", "\"a \\\" b\"", "\"\\\\\"", "''", "'two\n  lines'", "it's", "a \"b"}) {
    INFO(closed);
    CHECK(refusal_of(fmt::format("study: s\nquestion: {}\n", closed)).empty());
  }
}

TEST_CASE("an open quote in --set is refused") {
  CHECK_THAT(refusal_of("study: s\n", {{"question", "'"}}),
             StartsWith("--set question=':1:1: the quote ' that opens here is not closed"));
  CHECK_THAT(refusal_of("study: s\ndata: {source: idx}\n", {{"data.path", "\"/x"}}), Contains("not closed"));
  CHECK_THAT(refusal_of("study: s\n", {{"model.skip", "'none"}}), Contains("not closed"));
}

TEST_CASE("a text that goes on over what looks like a key earns a warning with its place") {
  const std::vector<std::string> quoted =
      warnings_of("study: s\nquestion: 'Does it help?\n  model: none\n  seeds: 2'\n");
  REQUIRE(quoted.size() == 1);
  CHECK(quoted[0] == "s.yaml:3:3: 'model:' is part of the text that begins in line 2, not a key");
  const std::vector<std::string> block = warnings_of("study: s\nquestion: |\n  Does it?\n  seeds: 2\n");
  REQUIRE(block.size() == 1);
  CHECK_THAT(block[0], StartsWith("s.yaml:4:3: 'seeds:'"));
  CHECK(warnings_of("study: s\nquestion: 'Does it\n  help: or not at all?'\n").size() == 1);
  for (const char* key :
       {"seeds : 2", "seeds\t: 2", "\"training\": {epochs: 1}", "\"training\" :\n  epochs: 1"}) {
    INFO(key);
    CHECK(warnings_of(fmt::format("study: s\nquestion: 'Does it help?\n{}'\n", key)).size() == 1);
  }
  for (const char* sound : {"study: s\nquestion: 'Does it\n  help?'\n# model: none\nseeds: 2\n",
                            "study: s\nquestion: Does it\n  help?\nseeds: 2\n",
                            "study: s\nquestion: 'Does it\n  \"help\", and where?'\nseeds: 2\n",
                            "study: s\nmodel: {skip: none,\n  hidden: [16]}\nvariants:\nseeds: 2\n"}) {
    INFO(sound);
    CHECK(warnings_of(sound).empty());
  }
}

TEST_CASE("a text that swallowed keys is named where the parser stumbles later") {
  CHECK_THAT(refusal_of("study: s\nquestion: 'Does it help?\nmodel: {hidden: [16]}\n# don't\n"),
             Contains("this is not YAML") &&
                 Contains("s.yaml:3:1: 'model:' is part of the text that begins in line 2"));
}

TEST_CASE("characters that look like a space and are none are refused by their name") {
  const std::string no_break = "\xC2\xA0", narrow = "\xE2\x80\xAF", wide = "\xE3\x80\x80",
                    none = "\xE2\x80\x8B";
  CHECK_THAT(refusal_of("study: s\ntraining:\n  " + no_break + "epochs: 2\n"),
             StartsWith("s.yaml:3:3: a no-break space (U+00A0) looks like a space but is not one"));
  CHECK_THAT(refusal_of("study: s\ntraining: {epochs:" + no_break + "2}\n"),
             Contains("s.yaml:2:19: a no-break"));
  CHECK_THAT(refusal_of("study: s\nmodel: {hidden: [64," + wide + "32]}\n"),
             Contains("s.yaml:2:21: an ideographic space (U+3000)"));
  CHECK_THAT(refusal_of("study: s\nseeds: 2" + none + "\n"), Contains("a space of no width (U+200B)"));
  CHECK(study_of("study: s\nquestion: Effet du saut" + narrow + "?\n").question ==
        "Effet du saut" + narrow + "?");
  CHECK(refusal_of("study: s\nquestion: '" + no_break + "'\n").empty());
}

TEST_CASE("a line that begins with a tab is told so") {
  for (const char* text :
       {"training:\n\tepochs: 2\n", "\tmodel: {}\n", "training:\n  epochs: 2\n\tshuffle: true\n"}) {
    INFO(text);
    CHECK_THAT(refusal_of("study: s\n" + std::string(text)), Contains("tab"));
  }
  CHECK(study_of("study:\ts\nseeds:\t2\t# two\n").seeds.size() == 2);
}

TEST_CASE("a carriage return alone is refused, one before a line feed is not") {
  CHECK_THAT(refusal_of("study: s\rseeds: 2\r"),
             StartsWith("s.yaml:1:9: a carriage return without a line feed after it"));
  CHECK(study_of("study: s\r\nseeds: 2\r\n").seeds.size() == 2);
}

TEST_CASE("columns and limits count characters, not bytes") {
  const std::string kanji = "\xE7\xA0\x94";
  std::string name;
  for (int i = 0; i < 66; ++i) name += kanji;
  CHECK(study_of("study: " + name + "\n").name == name);
  CHECK_THAT(refusal_of("study: " + name + kanji + "\n"), Contains("1 to 100 characters (200 bytes)"));
  CHECK_THAT(refusal_of("study: s\nquestion: " + kanji + kanji + "\nmodel: {" + kanji + ": 1}\n"),
             StartsWith("s.yaml:3:9: unknown key"));
  CHECK_THAT(refusal_of("study: s\nmodel: {skip: '" + kanji + "', activation: nix}\n"),
             StartsWith("s.yaml:2:32: model.activation"));
  std::string long_value;
  for (int i = 0; i < 70; ++i) long_value += kanji;
  CHECK_THAT(refusal_of("study: s\nmodel: {skip: " + long_value + "}\n"), Contains(kanji + "...'"));
  std::string variant;
  for (int i = 0; i < 200; ++i) variant += kanji;
  CHECK(refusal_of("study: s\nvariants: {list: {" + variant + ": {}}}\n").empty());
  CHECK_THAT(refusal_of("study: s\nvariants: {list: {" + variant + kanji + ": {}}}\n"),
             Contains("1 to 200 characters"));
}

TEST_CASE("aliases are bounded by the text that they stand for") {
  std::string bomb = "study: s\na: &a '" + std::string(900'000, 'x') + "'\nb: [*a";
  for (int i = 0; i < 30'000; ++i) bomb += ",*a";
  CHECK_THAT(refusal_of(bomb + "]\n"), Contains("more than 4194304 bytes of text, aliases written out"));
  std::string anchors = "study: s\na: ";
  for (int i = 0; i < 8; ++i) anchors += fmt::format("&a{} [", i);
  CHECK_THAT(refusal_of(anchors + std::string(900'000, 'x') + "]]]]]]]]"),
             Contains("more than 4194304 bytes of text"));
  CHECK_THAT(refusal_of("study: s\ndata: {source: idx, path: " + std::string(5'000, 'x') + "}\n"),
             Contains("data.path") && Contains("a text of at most 4096 characters"));
}

TEST_CASE("the text behind --set is taken as it stands unless it is quoted") {
  const auto path = [](const std::string& text) {
    return study_of("study: s\ndata: {source: idx}\n", {{"data.path", text}}).variants[0].config.data.path;
  };
  for (const char* text : {"/data/x #1", "a: b", "#1", "%x", "[old]/e", "{a}", "- a", "*a", "&a", "", "null",
                           "~", "it's", "a 'b' \"c\"", " x"}) {
    INFO(text);
    CHECK(path(text) == text);
  }
  CHECK(path("'/data/x #1'") == "/data/x #1");
  CHECK(path("\"a\\tb\"") == "a\tb");
  CHECK(study_of("study: s\n", {{"question", "a: b"}}).question == "a: b");
  CHECK(study_of("study: s\n", {{"study", "t #2"}}).name == "t #2");
  CHECK_THAT(refusal_of("study: s\n", {{"question", "'a' b"}}), Contains("a second document"));
  CHECK_THAT(refusal_of("study: s\n", {{"question", "a\x1b[31m"}}), Contains("control character"));
}

TEST_CASE("a blind study with a stop rule is warned that stopped runs tell how variants rank") {
  const std::string text =
      "study: s\nvariants: {baseline: {model.hidden: [8]}, grid: {model.hidden: [[8], [16], [32]]}}\nseeds: 2\ntraining: {epochs: 9}\n"
      "stop_rules: {halving: {factor: 3, first: 3}}\nreport: {blind: BLIND}\n";
  const auto with = [&](const std::string& blind) {
    std::string all = text;
    return warnings_of(all.replace(all.find("BLIND"), 5, blind));
  };
  CHECK(with("false").empty());
  REQUIRE(with("true").size() == 1);
  CHECK(with("true").front().find("tells how they rank") != std::string::npos);
}
