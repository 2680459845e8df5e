// SPDX-License-Identifier: Apache-2.0
/** Has a plugin make reports, and keeps them. Nothing of it is exported. */
package com.example.reports;
