/// The source `fashion_mnist`: Debian's package of it, or the same files elsewhere.

#include "data/files.hpp"
#include "data/gathered.hpp"
#include "data/idx.hpp"
#include "data/idx_folder.hpp"
#include "data/sources.hpp"

namespace ablate {
namespace {

IdxFiles find_fashion_files(const DataSettings& settings) {
  return find_idx_folder(
      source_folder(settings), true, "Fashion-MNIST",
      "./ablate data fetch fashion_mnist\n  or apt-get install dataset-fashion-mnist\n  or set "
      "data.path to the folder of the files");
}

ClassMap classes() {
  return ClassMap::named({"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
                          "Bag", "Ankle boot"});
}

Dataset load_fashion(const DataSettings& settings) {
  const IdxFiles files = find_fashion_files(settings);
  Gathered gathered{read_idx(files, classes()), {}, "fashion_mnist", folder_of(files.train_images).string()};
  gathered.classes = classes().name_classes(gathered.block.labels);
  return finish(std::move(gathered), settings);
}

DataSizes measure_fashion(const DataSettings& settings) {
  return measure_idx(find_fashion_files(settings), classes());
}

std::vector<PresentData> present_fashion() {
  DataSettings settings;
  settings.source = Source::fashion_mnist;
  if (!find_plain_or_gzipped(source_folder(settings), "train-images-idx3-ubyte")) return {};
  return {measured(settings, "", "Debian's package dataset-fashion-mnist", measure_fashion)};
}

}  // namespace

DataSource fashion_mnist_source() { return {load_fashion, present_fashion}; }

}  // namespace ablate
