package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.command.iptables.extension.Surroundings;
import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.OptionalInt;

/** The machine as the calling process sees it. */
record ProcessSurroundings(EmulatedProcess self) implements Surroundings {
    @Override
    public void warn(String text) {
        self.error(text);
    }

    @Override
    public boolean hasSet(String name) {
        return self.network().netfilter().sets().find(name) != null;
    }

    @Override
    public OptionalInt user(String name) {
        return Accounts.number(self, Accounts.USERS, name);
    }

    @Override
    public OptionalInt group(String name) {
        return Accounts.number(self, Accounts.GROUPS, name);
    }
}
