package dev.vethlab.web.page;

import dev.vethlab.web.rest.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Where there is nothing, a browser gets a page, and a program a problem. */
@Singleton
class MissingPage {
    private final Assets assets;

    MissingPage(Assets assets) {
        this.assets = assets;
    }

    @ServerExceptionMapper
    Response missing(NotFoundException e, HttpHeaders headers) {
        return headers.getAcceptableMediaTypes().contains(MediaType.TEXT_HTML_TYPE) ? Pages.gone(assets) : Problem.missing();
    }
}
