/// Objects in single frames, by neural networks in ONNX Runtime: what a model wants as input and
/// how its output is read is in a [id.pantau.vision.detect.ModelDescriptor], so that users may
/// bring their own.
@NullMarked
package id.pantau.vision.detect;

import org.jspecify.annotations.NullMarked;
