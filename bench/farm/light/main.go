// A light SSH server for benchmarks: one process, many loopback addresses, about 1 to 2 ms of CPU per
// connection, so that what a client costs is seen and not what a server costs.
//
// The command `true` is answered without a process; everything else runs under /bin/sh in a session of its
// own, as sshd would. One key exchange and one cipher are offered: a client that negotiates anything else
// cannot connect, so that all clients measured against it do the same cryptography.
//
// It prints "ready" when all addresses are bound and ends when its standard input does.
package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"

	"golang.org/x/crypto/ssh"
)

var answersWrapped bool

// wrapped is what muster sends for `true`.
var wrapped = regexp.MustCompile(`^exec '/bin/sh' '-c' .* 'muster' '(muster-[0-9a-f]+)' 'true' '`)

func main() {
	hosts := flag.String("hosts", "", "file with one address a line")
	port := flag.String("port", "2223", "port to listen on")
	hostKey := flag.String("host-key", "", "private host key")
	authorized := flag.String("authorized", "", "the one public key that may log in")
	kex := flag.String("kex", "", "the one key exchange that is offered")
	flag.BoolVar(&answersWrapped, "answer-wrapped", false, "answer `true` inside muster's wrapper without a process, too")
	cipher := flag.String("cipher", "", "the one cipher that is offered")
	flag.Parse()

	config := serverConfig(*hostKey, *authorized)
	config.KeyExchanges = []string{*kex}
	config.Ciphers = []string{*cipher}
	for _, host := range lines(*hosts) {
		listener, err := net.Listen("tcp4", net.JoinHostPort(host, *port))
		if err != nil {
			log.Fatal(err)
		}
		go accept(listener, config)
	}
	fmt.Println("ready")
	io.Copy(io.Discard, os.Stdin)
}

func serverConfig(hostKeyFile, authorizedFile string) *ssh.ServerConfig {
	allowed, _, _, _, err := ssh.ParseAuthorizedKey(read(authorizedFile))
	if err != nil {
		log.Fatal(err)
	}
	signer, err := ssh.ParsePrivateKey(read(hostKeyFile))
	if err != nil {
		log.Fatal(err)
	}
	config := &ssh.ServerConfig{
		PublicKeyCallback: func(_ ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
			if bytes.Equal(key.Marshal(), allowed.Marshal()) {
				return nil, nil
			}
			return nil, errors.New("unknown key")
		},
	}
	config.AddHostKey(signer)
	return config
}

func accept(listener net.Listener, config *ssh.ServerConfig) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go serve(connection, config)
	}
}

func serve(raw net.Conn, config *ssh.ServerConfig) {
	defer raw.Close()
	connection, channels, requests, err := ssh.NewServerConn(raw, config)
	if err != nil {
		log.Print(err)
		return
	}
	defer connection.Close()
	go ssh.DiscardRequests(requests)
	for offered := range channels {
		if offered.ChannelType() != "session" {
			offered.Reject(ssh.UnknownChannelType, "only sessions")
			continue
		}
		channel, requests, err := offered.Accept()
		if err != nil {
			return
		}
		go session(channel, requests)
	}
}

// session answers the requests of one channel. Environment variables are accepted and forgotten.
func session(channel ssh.Channel, requests <-chan *ssh.Request) {
	for request := range requests {
		switch request.Type {
		case "exec":
			var payload struct{ Command string }
			if ssh.Unmarshal(request.Payload, &payload) != nil {
				request.Reply(false, nil)
				continue
			}
			request.Reply(true, nil)
			go run(channel, payload.Command)
		case "env":
			request.Reply(true, nil)
		default:
			if request.WantReply {
				request.Reply(false, nil)
			}
		}
	}
}

func run(channel ssh.Channel, command string) {
	defer channel.Close()
	code := uint32(0)
	if word := wrapped.FindStringSubmatch(command); answersWrapped && word != nil {
		fmt.Fprintf(channel.Stderr(), "%s pid=1 group=1 born=;", word[1])
	} else if answersWrapped && strings.Contains(command, " 'true' ") {
		log.Fatal("muster wraps `true` in another way than this server knows: ", command)
	} else if command != "true" {
		code = shell(channel, command)
	}
	status := make([]byte, 4)
	binary.BigEndian.PutUint32(status, code)
	channel.SendRequest("exit-status", false, status)
}

// shell returns the exit code of the command, or 255 where it could not start or was killed.
func shell(channel ssh.Channel, command string) uint32 {
	process := exec.Command("/bin/sh", "-c", command)
	process.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	process.Stdout, process.Stderr = channel, channel.Stderr()
	stdin, err := process.StdinPipe()
	if err != nil || process.Start() != nil {
		return 255
	}
	// Not process.Stdin = channel: Wait would then hang until the client closes its side.
	go func() {
		io.Copy(stdin, channel)
		stdin.Close()
	}()
	var ended *exec.ExitError
	err = process.Wait()
	if err == nil {
		return 0
	}
	if errors.As(err, &ended) && ended.ExitCode() >= 0 {
		return uint32(ended.ExitCode())
	}
	return 255
}

func lines(file string) []string {
	var all []string
	scanner := bufio.NewScanner(bytes.NewReader(read(file)))
	for scanner.Scan() {
		if line := strings.TrimSpace(scanner.Text()); line != "" {
			all = append(all, line)
		}
	}
	return all
}

func read(file string) []byte {
	content, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	return content
}
