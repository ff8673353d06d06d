/**
 * The pages, made by Qute: landing, playground, and the one that says that a link leads nowhere.
 *
 * <p>Begin at {@link dev.vethlab.web.page.Pages}.
 */
@NullMarked
package dev.vethlab.web.page;

import org.jspecify.annotations.NullMarked;
