package dev.vethlab.engine.command.bridge;

import static dev.vethlab.engine.command.ip.Arguments.matches;

import dev.vethlab.engine.command.ip.Arguments;
import dev.vethlab.engine.command.ip.IpFailure;
import dev.vethlab.engine.command.ip.NamedNamespaces;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;

/** {@code bridge} ({@code bridge/bridge.c}). */
public final class BridgeProgram implements Program {
    private static final String USAGE = """
            Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }
                   bridge [ -force ] -batch filename
            where  OBJECT := { link | fdb | mdb | mst | vlan | vni | monitor }
                   OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] |
                                -o[neline] | -t[imestamp] | -n[etns] name |
                                -com[pressvlans] -c[olor] -p[retty] -j[son] }""";

    private static final List<String> MONITORED = List.of("link", "fdb", "mdb", "vlan", "vni", "all", "help", "file");

    @Override
    public int main(EmulatedProcess self) {
        try {
            return run(self, new Arguments(self.arguments().subList(1, self.arguments().size())));
        } catch (IpFailure failure) {
            self.error(failure.getMessage());
            return failure.status();
        } catch (Arguments.NotEmulated notEmulated) {
            return Unsupported.answer(self, notEmulated.getMessage());
        }
    }

    private static int run(EmulatedProcess self, Arguments arguments) {
        NetworkNamespace network = self.network();
        boolean details = false;
        boolean statistics = false;
        boolean json = false;
        boolean pretty = false;
        boolean oneLine = false;
        while (arguments.hasNext() && arguments.peek().startsWith("-")) {
            String word = arguments.next();
            String option = word.startsWith("--") ? word.substring(1) : word;
            if (matches(option, "-help")) {
                throw new IpFailure(255, USAGE);
            } else if (matches(option, "-Version")) {
                self.println("bridge utility, 7.2.0");
                return 0;
            } else if (matches(option, "-stats") || matches(option, "-statistics")) {
                statistics = true;
            } else if (matches(option, "-details")) {
                details = true;
            } else if (matches(option, "-oneline")) {
                oneLine = true;
            } else if (matches(option, "-json")) {
                json = true;
            } else if (matches(option, "-pretty")) {
                pretty = true;
            } else if (matches(option, "-netns")) {
                network = NamedNamespaces.open(self, arguments.next());
            } else if (matches(option, "-batch")) {
                throw new Arguments.NotEmulated("bridge -batch is not emulated");
            } else if (!matches(option, "-timestamp") && !matches(option, "-compressvlans") && !matches(option, "-force")
                    && !option.startsWith("-c") && !option.equals("-4") && !option.equals("-6")) {
                throw new IpFailure(255, "Option \"" + word + "\" is unknown, try \"bridge help\".");
            }
        }
        if (!arguments.hasNext()) {
            throw new IpFailure(255, USAGE);
        }
        var options = new BridgeCall.Options(details, statistics, json, pretty, oneLine);
        return object(new BridgeCall(self, network, arguments, options), arguments.next());
    }

    private static boolean isShow(BridgeCall call) {
        return !call.arguments().hasNext() || matches(call.arguments().peek(), "show");
    }

    private static int object(BridgeCall call, String word) {
        if (matches(word, "link")) {
            return new BridgeLink(call).run();
        } else if (matches(word, "fdb")) {
            return new BridgeFdb(call).run();
        } else if (matches(word, "vlan")) {
            return new BridgeVlan(call).run();
        } else if (matches(word, "mdb")) {
            return new BridgeMdb(call).run();
        } else if (matches(word, "vni") && isShow(call)) {
            return new BridgeVlan(call).tunnels();
        } else if (matches(word, "mst") && isShow(call)) {
            return new BridgeVlan(call).spanningTrees();
        } else if (matches(word, "monitor") && call.arguments().hasNext() && !MONITORED.contains(call.arguments().peek())) {
            throw new IpFailure(255, "Argument \"" + call.arguments().next() + "\" is unknown, try \"bridge monitor help\".");
        } else if (matches(word, "mst") || matches(word, "vni") || matches(word, "monitor")) {
            throw new Arguments.NotEmulated("bridge " + word + " is not emulated");
        } else if (matches(word, "help")) {
            throw new IpFailure(255, USAGE);
        }
        throw new IpFailure(255, "Object \"" + word + "\" is unknown, try \"bridge help\".");
    }
}
