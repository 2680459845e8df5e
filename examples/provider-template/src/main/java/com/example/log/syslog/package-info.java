// SPDX-License-Identifier: Apache-2.0
/**
 * The provider {@code syslog}. Nothing of it is exported: the patch bay sees the service, operators see its name and its
 * settings.
 */
package com.example.log.syslog;
