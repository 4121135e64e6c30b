package io.countersign.server;

import io.countersign.server.platform.pages.ErrorPages;
import io.countersign.server.platform.pages.Languages;
import io.countersign.server.platform.pages.PageErrors;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.platform.pages.StaticFiles;

/** How pages look and speak. */
record Face(StaticFiles files, Pages pages, Languages languages, PageErrors errors) {
    static Face load() {
        var files = StaticFiles.load();
        var pages = Pages.create(files);
        var languages = Languages.load();
        return new Face(files, pages, languages, new PageErrors(new ErrorPages(pages), languages));
    }
}
