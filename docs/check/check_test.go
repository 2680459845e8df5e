// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

func checkText(t *testing.T, page string) (int, string, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(page, "'''", "```")), 0o644); err != nil {
		t.Fatal(err)
	}
	return checkPage(path, ".")
}

func TestAPageThatTellsTheTruth(t *testing.T) {
	commands, mismatch, err := checkText(t, `
'''sh
not run
'''
'''console
$ mkdir here && cd here
$ echo one; echo two 42 \
>   three; echo warn: it broke >&2; false
one
two <number> <text>
! warn: …
[exit 1]
'''
'''text file=here/file.txt
content
'''
'''console
$ cat file.txt
content
$ seq 5
1
…
5
'''
`)
	if commands != 4 || mismatch != "" || err != nil {
		t.Errorf("got %d, %q, %v", commands, mismatch, err)
	}
}

func TestEachKindOfMismatchIsFound(t *testing.T) {
	for name, given := range map[string]struct{ block, want string }{
		"exit":        {"$ false", "the exit status is 1, the page says 0"},
		"other":       {"$ echo a\nb", "standard output"},
		"too much":    {"$ echo a", "standard output"},
		"too little":  {"$ true\nb", "standard output"},
		"stderr":      {"$ echo a >&2\n! b", "standard error lacks the line: b"},
		"its order":   {"$ (echo a; echo b) >&2\n! b\n! a", "standard error lacks the line: a"},
		"no millis":   {"$ echo 123\n<millis>", "standard output"},
		"not a regex": {"$ echo axb\na.b", "standard output"},
	} {
		t.Run(name, func(t *testing.T) {
			_, mismatch, err := checkText(t, "'''console\n"+given.block+"\n'''\n")
			if err != nil || !strings.Contains(mismatch, given.want) {
				t.Errorf("got %q, %v", mismatch, err)
			}
		})
	}
}

func TestWhatAPageLeavesRunningEndsWithIt(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pid")
	_, mismatch, err := checkText(t, "'''console\n$ sleep 600 >/dev/null 2>&1 & echo $! >"+file+"\n'''\n")
	if mismatch != "" || err != nil {
		t.Fatalf("%q, %v", mismatch, err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); runs(pid); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("process %d still runs", pid)
		}
	}
}

// runs says whether a process is there and more than a zombie, which only waits for whoever adopted it.
func runs(pid int) bool {
	state, err := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && !strings.HasPrefix(strings.TrimSpace(string(state)), "Z")
}

func TestAPageThatCannotBeRead(t *testing.T) {
	for _, page := range []string{
		"'''console\n$ true\n", "'''console\noutput first\n'''\n", "'''console\n$ true\n[exit x]\n'''\n",
		"'''text file=../outside\n'''\n",
	} {
		if _, _, err := checkText(t, page); err == nil {
			t.Errorf("%q: no error", page)
		}
	}
}

func TestThePagesCanBeRead(t *testing.T) {
	pages, err := filepath.Glob("../*/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parsePage(string(text)); err != nil {
			t.Errorf("%s: %v", page, err)
		}
	}
}
