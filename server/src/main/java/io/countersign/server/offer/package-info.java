/** What campaigns give away and propose: promo codes, points, products. */
package io.countersign.server.offer;
