// SPDX-License-Identifier: Apache-2.0

// Command export-report is a plugin that shows the host service "runtime" at
// work: it logs, reads the clock, and remembers when the last export was.
package main

import (
	"patchbay.io/sdk/go/pluginbridge"
	"patchbay.io/sdk/go/protocol"
)

const (
	lastExportKey = "last_export_time"
	defaultTaskID = "manual"
)

var router = newRouter()

func init() {
	pluginbridge.Serve(router)
}

func main() {}

func newRouter() *pluginbridge.Router {
	router := pluginbridge.NewRouter()
	router.Handle("ExportReq", export)
	return router
}

// export answers GET /export?taskId=ID. previousExport is null the first time.
func export(request *pluginbridge.Request) (*pluginbridge.Response, error) {
	taskID := request.Query("taskId")
	if taskID == "" {
		taskID = defaultTaskID
	}
	runtime := pluginbridge.Default().Runtime()
	err := runtime.Log(protocol.LogLevelInfo, "export started", map[string]string{"taskID": taskID})
	if err != nil {
		return nil, err
	}
	now, err := runtime.Now()
	if err != nil {
		return nil, err
	}
	lastExport, found, err := runtime.StateGet(lastExportKey)
	if err != nil {
		return nil, err
	}
	if err := runtime.StateSet(lastExportKey, now); err != nil {
		return nil, err
	}
	id, err := runtime.UUID()
	if err != nil {
		return nil, err
	}
	node, err := runtime.Node()
	if err != nil {
		return nil, err
	}
	report := pluginbridge.NewObject().Text("taskId", taskID)
	if found {
		report.Text("previousExport", lastExport)
	} else {
		report.Null("previousExport")
	}
	report.Text("now", now).Text("id", id).Text("node", node)
	return pluginbridge.JSON(200, report.Bytes()), nil
}
