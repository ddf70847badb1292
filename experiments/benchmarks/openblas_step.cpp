// The opponent of training_benchmark: the same training step in Armadillo on OpenBLAS, written as one would for speed: [W; S] is one
// matrix, plain descent happens inside the gradient's product, and buffers stay. Its own program, for OpenBLAS chooses its kernels
// once, by OPENBLAS_CORETYPE at start. Reads a shape a line, trains for a window, answers images a second.
//
//   openblas_step FILE COUNT      pixels of COUNT images, their labels, and the order to take them in (32 bits each)

#define ARMA_DONT_USE_WRAPPER
#define ARMA_DONT_USE_HDF5
#define ARMA_DONT_USE_OPENMP
#define ARMA_DONT_USE_ARPACK
#define ARMA_DONT_USE_SUPERLU
#define ARMA_NO_DEBUG
#include <armadillo>
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>

#include "step_protocol.hpp"

extern "C" {
void openblas_set_num_threads(int threads);
char* openblas_get_corename();
}

namespace {

using namespace step_benchmark;
using Matrix = arma::fmat;

/// A = relu(W X + b) + S X, [W; S] in one matrix; the last layer is V A + c.
class Network {
 public:
  explicit Network(const Shape& shape) : shape_(shape), inputs_(pixels, shape.batch), labels_(shape.batch) {
    std::size_t inputs = pixels;
    for (const std::size_t units : shape.hidden) {
      add(inputs, shape.projection ? 2 * units : units, units);
      inputs = units;
    }
    add(inputs, classes, classes);
  }

  void step(const Images& images, const std::uint32_t* which) {
    for (std::size_t j = 0; j < shape_.batch; ++j) {
      const std::uint8_t* from = images.pixel_bytes.data() + which[j] * pixels;
      float* to = inputs_.colptr(j);
      for (std::size_t i = 0; i < pixels; ++i) to[i] = static_cast<float>(from[i]) * (1.0f / 255.0f);
      labels_[j] = images.labels[which[j]];
    }
    for (std::size_t i = 0; i < layers_.size(); ++i) forward(i);
    softmax();
    for (std::size_t i = layers_.size(); i-- > 0;) backward(i);
  }

 private:
  struct Layer {
    Matrix map, sums, output, delta;
    arma::fvec bias;
  };

  void add(std::size_t inputs, std::size_t rows, std::size_t units) {
    Layer layer;
    layer.map = Matrix(rows, inputs, arma::fill::randn) * std::sqrt(2.0f / static_cast<float>(inputs));
    layer.sums.set_size(rows, shape_.batch);
    layer.output.set_size(units, shape_.batch);
    layer.delta.set_size(units, shape_.batch);
    layer.bias.zeros(units);
    layers_.push_back(std::move(layer));
  }

  const Matrix& input_of(std::size_t i) const { return i == 0 ? inputs_ : layers_[i - 1].output; }

  void forward(std::size_t i) {
    Layer& layer = layers_[i];
    layer.sums = layer.map * input_of(i);
    const std::size_t units = layer.bias.n_elem;
    for (std::size_t j = 0; j < shape_.batch; ++j) {
      float* z = layer.sums.colptr(j);
      float* a = layer.output.colptr(j);
      for (std::size_t u = 0; u < units; ++u) z[u] += layer.bias[u];
      if (i + 1 == layers_.size()) continue;
      for (std::size_t u = 0; u < units; ++u) a[u] = z[u] > 0 ? z[u] : 0;
      if (shape_.projection)
        for (std::size_t u = 0; u < units; ++u) a[u] += z[units + u];
    }
  }

  void softmax() {
    Layer& layer = layers_.back();
    for (std::size_t j = 0; j < shape_.batch; ++j) {
      float* z = layer.sums.colptr(j);
      const float largest = *std::max_element(z, z + classes);
      float sum = 0;
      for (std::size_t c = 0; c < classes; ++c) sum += z[c] = std::exp(z[c] - largest);
      for (std::size_t c = 0; c < classes; ++c) z[c] /= sum;
      z[labels_[j]] -= 1;
    }
  }

  void backward(std::size_t i) {
    Layer& layer = layers_[i];
    const std::size_t units = layer.bias.n_elem;
    if (i + 1 < layers_.size()) {
      for (std::size_t j = 0; j < shape_.batch; ++j) {
        float* z = layer.sums.colptr(j);
        const float* d = layer.delta.colptr(j);
        for (std::size_t u = 0; u < units; ++u) z[u] = z[u] > 0 ? d[u] : 0;
        if (shape_.projection) std::copy(d, d + units, z + units);
      }
    }
    if (i > 0) layers_[i - 1].delta = layer.map.t() * layer.sums;
    const float scale = -0.001f / static_cast<float>(shape_.batch);
    layer.map += scale * layer.sums * input_of(i).t();
    for (std::size_t j = 0; j < shape_.batch; ++j)
      for (std::size_t u = 0; u < units; ++u) layer.bias[u] += scale * layer.sums(u, j);
  }

  Shape shape_;
  Matrix inputs_;
  std::vector<std::uint8_t> labels_;
  std::vector<Layer> layers_;
};

Images read_images(const char* path, std::size_t count) {
  Images images;
  images.pixel_bytes.resize(count * pixels);
  images.labels.resize(count);
  images.order.resize(count);
  std::ifstream in(path, std::ios::binary);
  in.read(reinterpret_cast<char*>(images.pixel_bytes.data()), static_cast<std::streamsize>(count * pixels));
  in.read(reinterpret_cast<char*>(images.labels.data()), static_cast<std::streamsize>(count));
  in.read(reinterpret_cast<char*>(images.order.data()), static_cast<std::streamsize>(count * 4));
  return images;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  openblas_set_num_threads(1);
  const Images images = read_images(argv[1], std::stoul(argv[2]));
  Images dense = images;
  for (std::uint8_t& byte : dense.pixel_bytes) byte |= 1;
  std::map<std::string, Network> networks;
  std::size_t first = 0;
  std::cout << openblas_get_corename() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    const Shape shape = from_line(line);
    Network& network = networks.try_emplace(line, shape).first->second;
    const Images& own = shape.dense ? dense : images;
    std::cout << window(own, shape.batch, 0.05, first, [&](const std::uint32_t* which) {
      network.step(own, which);
    }) << " 0" << std::endl;
  }
}
