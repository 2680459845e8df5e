// SPDX-License-Identifier: Apache-2.0
/** What tests of several rooms stand on: real servers that can be killed, and a framework for one provider bundle. */
package io.patchbay.itests.harness;
