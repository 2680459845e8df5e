// SPDX-License-Identifier: Apache-2.0

/**
 * The routes of plugins over HTTP, {@code /x/<plugin>/...} (contract 1.8, 2.8). Only {@code PluginServlet} and {@code
 * ServletExchange} know a servlet container.
 */
@NullMarked
package io.patchbay.http.routes;

import org.jspecify.annotations.NullMarked;
