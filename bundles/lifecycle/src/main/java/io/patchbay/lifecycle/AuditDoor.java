// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.AuditAdmin;
import io.patchbay.admin.AuditEntry;
import io.patchbay.admin.AuditQuery;
import java.io.IOException;
import java.util.List;

/** Shows the audit trail of the open node. */
final class AuditDoor implements AuditAdmin {
    private final NodeDoor door;

    AuditDoor(NodeDoor door) {
        this.door = door;
    }

    @Override
    public List<AuditEntry> entries(AuditQuery query) throws AdminException {
        try {
            return door.node().audit().entries(query);
        } catch (IOException failure) {
            throw new AdminException(
                    Problem.UNAVAILABLE, "the audit trail cannot be read: " + Texts.reason(failure), failure);
        }
    }
}
