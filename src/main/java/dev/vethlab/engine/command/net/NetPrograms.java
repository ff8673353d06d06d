package dev.vethlab.engine.command.net;

import dev.vethlab.engine.command.net.curl.Curl;
import dev.vethlab.engine.command.net.dns.Dig;
import dev.vethlab.engine.command.net.dns.Getent;
import dev.vethlab.engine.command.net.dns.HostCommand;
import dev.vethlab.engine.command.net.dns.Nslookup;
import dev.vethlab.engine.command.net.nc.Netcat;
import dev.vethlab.engine.command.net.ping.Ping;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs of this package and those below it, by the name that they are called by. */
public final class NetPrograms {
    private NetPrograms() {}

    public static Map<String, Executable> all() {
        var programs = new LinkedHashMap<String, Executable>();
        programs.put("ping", (Program) Ping::main);
        programs.put("curl", (Program) Curl::main);
        programs.put("nc", (Program) Netcat::main);
        programs.put("netcat", (Program) Netcat::main);
        programs.put("dig", (Program) Dig::main);
        programs.put("host", (Program) HostCommand::main);
        programs.put("nslookup", (Program) Nslookup::main);
        programs.put("getent", (Program) Getent::main);
        return programs;
    }
}
