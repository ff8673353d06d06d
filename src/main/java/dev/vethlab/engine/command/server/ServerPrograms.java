package dev.vethlab.engine.command.server;

import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Resident;
import java.util.LinkedHashMap;
import java.util.Map;

/** The servers, by the name that they are called by. */
public final class ServerPrograms {
    private ServerPrograms() {}

    public static Map<String, Executable> all() {
        var programs = new LinkedHashMap<String, Executable>();
        programs.put("python3", (Resident) Python::start);
        programs.put("redis-server", (Resident) Redis::start);
        programs.put("redis-cli", (Program) RedisCli::main);
        programs.put("whoami-server", (Resident) Whoami::start);
        programs.put("nginx", (Resident) Nginx::start);
        programs.put("my-app.py", PythonServer.myApp());
        programs.put("internet.py", PythonServer.internet());
        programs.put("dnsmasq", (Resident) Dnsmasq::start);
        return programs;
    }
}
