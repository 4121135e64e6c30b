package io.countersign.server.project;

/** Where in a file something stands: its line, and the path of keys to it. */
record Place(int line, String path) {
    Place key(String key) {
        return new Place(line, path.isEmpty() ? key : path + "." + key);
    }
}
