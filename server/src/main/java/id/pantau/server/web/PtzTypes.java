package id.pantau.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import id.pantau.server.camera.PtzFacts;
import id.pantau.server.onvif.ImagingRanges;
import id.pantau.server.onvif.ImagingSettings;
import id.pantau.server.onvif.Preset;
import id.pantau.server.onvif.PtzNode;
import id.pantau.server.onvif.PtzVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Moving a camera and its picture, as JSON.
final class PtzTypes {
    private PtzTypes() {}

    record PresetView(String token, String name) {
        static PresetView of(Preset preset) {
            return new PresetView(preset.token(), preset.name());
        }
    }

    /// Pan -1 left to 1 right, tilt -1 down to 1 up, zoom 0 wide to 1 near.
    record PositionView(double pan, double tilt, double zoom) {
        static PositionView of(PtzVector position) {
            return new PositionView(position.pan(), position.tilt(), position.zoom());
        }
    }

    /// @param supported whether the camera moves or zooms at all
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PtzView(
            boolean supported,
            boolean panTilt,
            boolean zoom,
            boolean home,
            int maxPresets,
            List<PresetView> presets,
            @Nullable PositionView position,
            boolean patrolling) {
        static PtzView of(PtzFacts facts) {
            PtzNode node = facts.node();
            PtzVector position = facts.position();
            boolean panTilt = node != null && node.movesContinuously();
            boolean zoom = node != null && node.zoomsContinuously();
            return new PtzView(
                    panTilt || zoom,
                    panTilt,
                    zoom,
                    node != null && node.home(),
                    node == null ? 0 : node.maxPresets(),
                    facts.presets().stream().map(PresetView::of).toList(),
                    position == null ? null : PositionView.of(position),
                    facts.patrolling());
        }
    }

    enum MoveMode {
        /// A speed, until stopped or for `timeoutMs`.
        @JsonProperty("continuous")
        CONTINUOUS,
        /// A position.
        @JsonProperty("absolute")
        ABSOLUTE,
        /// A distance.
        @JsonProperty("relative")
        RELATIVE
    }

    /// @param mode absent: continuous
    /// @param pan, tilt, zoom -1..1, absent: 0
    /// @param timeoutMs of a continuous move, 100 to 60,000, absent: 2,000
    record MoveInput(
            @Nullable MoveMode mode,
            @Nullable Double pan,
            @Nullable Double tilt,
            @Nullable Double zoom,
            @Nullable Long timeoutMs) {}

    /// One of both.
    record GotoInput(@Nullable String preset, @Nullable Boolean home) {}

    record PresetInput(@Wanted @Nullable String name) {}

    enum PatrolAction {
        @JsonProperty("start")
        START,
        @JsonProperty("stop")
        STOP
    }

    /// @param presets tokens in their order; absent: all
    /// @param stayMs at each, 5,000 to 3,600,000; absent: 15,000
    record PatrolInput(
            @Wanted @Nullable PatrolAction action,
            @Nullable List<String> presets,
            @Nullable Long stayMs) {}

    record RangeView(double min, double max) {
        static @Nullable RangeView of(ImagingRanges.@Nullable Range range) {
            return range == null ? null : new RangeView(range.min(), range.max());
        }
    }

    /// In the camera's own units, see the ranges; null or absent for what it does not have, and in
    /// a change for what stays.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PictureView(
            @Nullable Double brightness,
            @Nullable Double contrast,
            @Nullable Double colorSaturation,
            @Nullable Double sharpness,
            @Nullable String irCutFilter,
            @Nullable Double iris) {
        static PictureView of(ImagingSettings settings) {
            return new PictureView(
                    settings.brightness(),
                    settings.contrast(),
                    settings.colorSaturation(),
                    settings.sharpness(),
                    settings.irCutFilter(),
                    settings.iris());
        }

        ImagingSettings change() {
            return new ImagingSettings(
                    brightness, contrast, colorSaturation, sharpness, irCutFilter, iris);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PictureRangesView(
            @Nullable RangeView brightness,
            @Nullable RangeView contrast,
            @Nullable RangeView colorSaturation,
            @Nullable RangeView sharpness,
            List<String> irCutFilter,
            @Nullable RangeView iris) {
        static PictureRangesView of(ImagingRanges ranges) {
            return new PictureRangesView(
                    RangeView.of(ranges.brightness()),
                    RangeView.of(ranges.contrast()),
                    RangeView.of(ranges.colorSaturation()),
                    RangeView.of(ranges.sharpness()),
                    ranges.irCutFilterModes(),
                    RangeView.of(ranges.iris()));
        }
    }

    record ImagingView(PictureView settings, PictureRangesView ranges) {}

    record RebootView(String message) {}
}
