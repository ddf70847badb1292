// The library without the program: trains one small network on drawn characters and prints one line per epoch.
#include <ablate/train/trainer.hpp>
#include <fmt/format.h>

int main() {
  ablate::Config config;
  config.data.train_images = 4000;
  config.model.hidden = {64};
  config.training.epochs = 5;
  const ablate::Dataset glyphs = ablate::load_dataset(config.data);
  ablate::train(
      config, 1, glyphs,
      [](const ablate::EpochReport& epoch) {
        fmt::print("epoch {}: test accuracy {:.3f}\n", epoch.epoch, epoch.evaluations.test->suite.accuracy);
        return ablate::Answer::go_on;
      },
      [] { return true; });  // go on
}
