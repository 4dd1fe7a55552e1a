package id.pantau.vision.scene;

import id.pantau.vision.scene.GroundCamera.Spot;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.MultipleGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/// Draws solid things of the street onto one picture.
///
/// @param dusk 0 by day, 1 at nightfall
record Canvas(Graphics2D graphics, GroundCamera camera, double dusk) {
    /// A box or a frustum standing along the street.
    ///
    /// @param taperM by how much the top is shorter at each end
    record Solid(
            double x,
            double y,
            double lengthM,
            double widthM,
            double bottomM,
            double topM,
            double taperM) {}

    static Color shade(Color color, double factor) {
        return new Color(
                clamp(color.getRed() * factor),
                clamp(color.getGreen() * factor),
                clamp(color.getBlue() * factor),
                color.getAlpha());
    }

    private static int clamp(double value) {
        return (int) Math.clamp(Math.round(value), 0, 255);
    }

    void fill(Color color, Spot... corners) {
        graphics.setColor(color);
        graphics.fill(camera.polygon(corners));
    }

    /// Only the faces that look at the camera are drawn.
    void solid(Solid s, Color sides, Color top) {
        double left = s.x - s.widthM / 2;
        double right = s.x + s.widthM / 2;
        double near = s.y - s.lengthM / 2;
        double far = s.y + s.lengthM / 2;
        double inset = s.widthM * (s.taperM > 0 ? 0.08 : 0);
        Spot[] low = ring(left, right, near, far, s.bottomM);
        Spot[] high = ring(left + inset, right - inset, near + s.taperM, far - s.taperM, s.topM);
        if (camera.xM() < left) {
            fill(shade(sides, 0.72), low[3], low[0], high[0], high[3]);
        }
        if (camera.xM() > right) {
            fill(shade(sides, 0.86), low[1], low[2], high[2], high[1]);
        }
        if (camera.yM() < near) {
            fill(sides, low[0], low[1], high[1], high[0]);
        }
        if (camera.yM() > far) {
            fill(sides, low[2], low[3], high[3], high[2]);
        }
        if (camera.heightM() > s.topM) {
            fill(shade(top, 1.12), high);
        }
    }

    private static Spot[] ring(double left, double right, double near, double far, double z) {
        return new Spot[] {
            new Spot(left, near, z),
            new Spot(right, near, z),
            new Spot(right, far, z),
            new Spot(left, far, z)
        };
    }

    /// A wheel seen from the side: a disc in the plane x = const.
    void wheel(double x, double y, double radiusM) {
        var rim = new Spot[14];
        var hub = new Spot[10];
        circle(rim, x, y, radiusM, radiusM);
        circle(hub, x, y, radiusM, radiusM * 0.5);
        fill(new Color(24, 24, 26), rim);
        fill(new Color(120, 122, 126), hub);
    }

    private static void circle(Spot[] into, double x, double y, double z, double radius) {
        for (int i = 0; i < into.length; i++) {
            double angle = 2 * Math.PI * i / into.length;
            into[i] = new Spot(x, y + radius * Math.cos(angle), z + radius * Math.sin(angle));
        }
    }

    void shadow(double x, double y, double lengthM, double widthM) {
        var corners = new Spot[18];
        for (int i = 0; i < corners.length; i++) {
            double angle = 2 * Math.PI * i / corners.length;
            // A superellipse: rounder than the vehicle's outline, squarer than an ellipse.
            double c = Math.cbrt(Math.cos(angle));
            double s = Math.cbrt(Math.sin(angle));
            corners[i] = new Spot(x + 0.25 + widthM * 0.6 * c, y + lengthM * 0.54 * s, 0.01);
        }
        fill(new Color(10, 12, 18, (int) (110 - 60 * dusk)), corners);
    }

    /// A disc that faces the camera: heads, tree crowns.
    void ball(double x, double y, double z, double radiusM, Color color) {
        Point2D centre = camera.project(x, y, z);
        if (centre == null) {
            return;
        }
        double r = radiusM * camera.pxPerMetre(x, y, z);
        graphics.setColor(color);
        graphics.fill(new Ellipse2D.Double(centre.getX() - r, centre.getY() - r, 2 * r, 2 * r));
    }

    /// A round stroke between two points: limbs, poles, frames.
    void limb(Spot from, Spot to, double thicknessM, Color color) {
        Point2D a = camera.project(from.x(), from.y(), from.z());
        Point2D b = camera.project(to.x(), to.y(), to.z());
        if (a == null || b == null) {
            return;
        }
        double px = thicknessM * camera.pxPerMetre(from.x(), from.y(), from.z());
        graphics.setStroke(
                new BasicStroke((float) px, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.setColor(color);
        var line = new Path2D.Double();
        line.moveTo(a.getX(), a.getY());
        line.lineTo(b.getX(), b.getY());
        graphics.draw(line);
    }

    /// A light's halo, brighter as it gets darker.
    void glow(double x, double y, double z, double radiusM, Color color, double strength) {
        Point2D centre = camera.project(x, y, z);
        if (centre == null) {
            return;
        }
        float r = (float) (radiusM * camera.pxPerMetre(x, y, z));
        int alpha = (int) Math.clamp(255 * strength, 0, 255);
        if (r < 0.8 || r > 900 || alpha < 4) {
            return;
        }
        var core = new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
        var half = new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha / 4);
        var none = new Color(color.getRed(), color.getGreen(), color.getBlue(), 0);
        graphics.setPaint(
                new RadialGradientPaint(
                        centre,
                        r,
                        new float[] {0f, 0.3f, 1f},
                        new Color[] {core, half, none},
                        MultipleGradientPaint.CycleMethod.NO_CYCLE));
        graphics.fill(new Ellipse2D.Double(centre.getX() - r, centre.getY() - r, 2 * r, 2 * r));
    }
}
