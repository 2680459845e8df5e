// SPDX-License-Identifier: Apache-2.0

// Command check runs the commands of a documentation page and compares what
// they print with what the page says.
//
//	go run . [-bin DIR] PAGE
//
// The page's convention is in the comment at the top of
// docs/author/first-plugin.md. DIR, by default the root of the repository, is
// put first on the PATH of the commands. The exit status is 0 when everything
// matches, 1 when something does not, 2 when the page cannot be read.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// limit is how long one command may take.
const limit = 5 * time.Minute

func main() {
	bin := flag.String("bin", filepath.Join("..", ".."), "the directory of the patchbay command")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: check [-bin DIR] PAGE")
		os.Exit(2)
	}
	commands, mismatch, err := checkPage(flag.Arg(0), *bin)
	if err != nil {
		fmt.Fprintln(os.Stderr, "check:", err)
		os.Exit(2)
	}
	if mismatch != "" {
		fmt.Fprintf(os.Stderr, "%s:%s\n", flag.Arg(0), mismatch)
		os.Exit(1)
	}
	fmt.Printf("%s: %d commands print what the page says\n", flag.Arg(0), commands)
}

// checkPage runs a page in a directory of its own until something does not
// match, and returns how many commands it ran.
func checkPage(path, bin string) (commands int, mismatch string, err error) {
	page, err := os.ReadFile(path)
	if err != nil {
		return 0, "", err
	}
	steps, err := parsePage(string(page))
	if err != nil {
		return 0, "", fmt.Errorf("%s: %w", path, err)
	}
	shell, err := newShell(bin)
	if err != nil {
		return 0, "", err
	}
	defer shell.close()
	for _, step := range steps {
		if step.file != "" {
			if err := shell.write(step.file, step.text); err != nil {
				return commands, "", fmt.Errorf("%s:%d: %w", path, step.line, err)
			}
			continue
		}
		result, err := shell.run(step.command)
		if err != nil {
			return commands, "", fmt.Errorf("%s:%d: %w", path, step.line, err)
		}
		commands++
		if difference := compare(step, result); difference != "" {
			return commands, fmt.Sprintf("%d: $ %s\n%s", step.line, step.command, difference), nil
		}
	}
	return commands, "", nil
}

func compare(step step, result result) string {
	printed := linesOf(result.stdout)
	expected := linesOf(strings.Join(step.stdout, "\n"))
	what := ""
	switch missing, isMissing := missingLine(step.stderr, linesOf(result.stderr)); {
	case result.exit != step.exit:
		what = fmt.Sprintf("the exit status is %d, the page says %d", result.exit, step.exit)
	case !matchesAll(expected, printed):
		what = "standard output is not what the page says:\n" + strings.Join(expected, "\n")
	case isMissing:
		what = "standard error lacks the line: " + missing
	default:
		return ""
	}
	return fmt.Sprintf("%s\n--- standard output\n%s\n--- standard error\n%s", what, result.stdout, result.stderr)
}

// shell runs commands one after the other; a change of directory lasts.
type shell struct {
	root      string
	directory string
	environ   []string
	// groups are the process groups of the commands, for what they left running.
	groups []int
}

type result struct {
	stdout, stderr string
	exit           int
}

func newShell(bin string) (*shell, error) {
	bin, err := filepath.Abs(bin)
	if err != nil {
		return nil, err
	}
	root, err := os.MkdirTemp("", "page")
	if err != nil {
		return nil, err
	}
	start := filepath.Join(root, "start")
	environ := append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"),
		"LC_ALL=C", "GOPROXY=off", "GOTOOLCHAIN=local", "GOFLAGS=", "GOWORK=off")
	return &shell{root: root, directory: start, environ: environ}, os.Mkdir(start, 0o755)
}

// close ends what the commands left running, and removes what they made.
func (s *shell) close() {
	for _, group := range s.groups {
		// No such process: nothing was left.
		_ = syscall.Kill(-group, syscall.SIGKILL)
	}
	os.RemoveAll(s.root)
}

// write writes a file below the starting directory.
func (s *shell) write(file, text string) error {
	if !filepath.IsLocal(file) {
		return fmt.Errorf("%q is not below the starting directory", file)
	}
	return os.WriteFile(filepath.Join(s.root, "start", file), []byte(text), 0o644)
}

func (s *shell) run(command string) (result, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	where := filepath.Join(s.root, "where")
	// The directory in which the command leaves the shell is the next one's.
	process := exec.CommandContext(ctx, "sh", "-c", command+"\nstatus=$?\npwd >\""+where+"\"\nexit $status")
	process.Dir = s.directory
	process.Env = s.environ
	process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	// What a killed command has started may hold its output open.
	process.WaitDelay = time.Second
	// As at a terminal at which nobody types; an end of input would make some commands leave.
	if _, err := process.StdinPipe(); err != nil {
		return result{}, err
	}
	var stdout, stderr bytes.Buffer
	process.Stdout, process.Stderr = &stdout, &stderr
	err := process.Run()
	if process.Process != nil {
		s.groups = append(s.groups, process.Process.Pid)
	}
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		return result{}, err
	}
	if ctx.Err() != nil {
		return result{}, fmt.Errorf("%q took longer than %v", command, limit)
	}
	left, err := os.ReadFile(where)
	if err != nil {
		return result{}, err
	}
	s.directory = strings.TrimSuffix(string(left), "\n")
	return result{stdout.String(), stderr.String(), process.ProcessState.ExitCode()}, nil
}
