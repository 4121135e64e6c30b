package io.countersign.acceptance;

import io.countersign.acceptance.OperationSetUp.Point;

/** A brand with double opt-in on, and one with it off; each with an integration that has the same operations. */
enum OptIn {
    ON(Point.WEBSITE, "shop"), OFF(Point.PLAIN, "plain");

    final Point point;
    final String brand;

    OptIn(Point point, String brand) {
        this.point = point;
        this.brand = brand;
    }
}
