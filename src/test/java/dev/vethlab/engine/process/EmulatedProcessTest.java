package dev.vethlab.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.kernel.Room;
import dev.vethlab.engine.kernel.WorldLimits;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.NullFile;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.Pipe;
import dev.vethlab.engine.sim.Simulation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program may rely on: blocking, waking, signals, children, and an end that leaves nothing behind. */
class EmulatedProcessTest {
    private static final long MILLISECOND = 1_000_000;

    private final Kernel kernel = Kernel.of(1);
    private final Simulation simulation = kernel.simulation();
    private final ProcessTable table = new ProcessTable(simulation, new Room(WorldLimits.DEFAULT));
    private final OpenFile nothing = new NullFile();
    private final List<String> happened = new ArrayList<>();

    private EmulatedProcess start(Executable program) {
        return start(program, new PidNamespace(), nothing, nothing);
    }

    private EmulatedProcess start(Executable program, PidNamespace pids, OpenFile in, OpenFile out) {
        var context = new ProcessContext(new Machine(kernel, "m").root(), new Uts("m"), pids, new FileSystem(),
                EnumSet.noneOf(Capability.class), Map.of(), "/");
        return table.spawn(null, context, List.of(in, out, nothing), program, List.of("test"));
    }

    private EmulatedProcess program(Program program) {
        return start(program);
    }

    private EmulatedProcess resident(Resident resident) {
        return start(resident);
    }

    private void runAll() {
        while (simulation.runNext()) {}
    }

    private long sinceStart(EmulatedProcess self) {
        return (self.now() - self.startTime() - ProcessTable.START_COST) / MILLISECOND;
    }

    @Test
    void sleepingTakesVirtualTimeAndOthersRunMeanwhile() {
        for (int millis : new int[] {10, 5}) {
            program(self -> {
                self.sleep(millis * MILLISECOND);
                happened.add("woke after " + sinceStart(self));
                return 0;
            });
        }
        runAll();
        assertThat(happened).containsExactly("woke after 5", "woke after 10");
        assertThat(table.processes()).isEmpty();
    }

    @Test
    void aParentHearsItsChildsExitStatus() {
        program(self -> {
            EmulatedProcess child = self.spawn((Program) c -> 7, List.of("child"));
            happened.add("child ended with " + self.waitFor(child));
            return 0;
        });
        runAll();
        assertThat(happened).containsExactly("child ended with 7");
    }

    @Test
    void aPipeCarriesBytesAndEndsWhenTheWriterIsGone() {
        var pipe = new Pipe(simulation);
        start((Program) self -> {
            self.print("hello ");
            self.sleep(MILLISECOND);
            self.print("world");
            return 0;
        }, new PidNamespace(), nothing, pipe.writer);
        start((Program) self -> {
            for (Bytes part = self.read(100); !part.isEmpty(); part = self.read(100)) {
                happened.add(part.text());
            }
            happened.add("end");
            return 0;
        }, new PidNamespace(), pipe.reader, nothing);
        runAll();
        assertThat(happened).containsExactly("hello ", "world", "end");
    }

    @Test
    void whoWritesToAPipeThatNobodyReadsIsEndedBySigpipe() {
        var pipe = new Pipe(simulation);
        EmulatedProcess yes = start((Program) self -> {
            while (true) {
                self.print("y\n");
            }
        }, new PidNamespace(), nothing, pipe.writer);
        start((Program) self -> self.read(2).length(), new PidNamespace(), pipe.reader, nothing);
        runAll();
        assertThat(yes.endedBy()).isEqualTo(Signal.PIPE);
        assertThat(yes.exitStatus()).isEqualTo(141);
    }

    @Test
    void aSignalWakesASleeperWhoseHandlerChangesWhatItWaitsFor() {
        boolean[] stop = {false};
        EmulatedProcess ping = program(self -> {
            self.onSignal(Signal.INT, () -> stop[0] = true);
            boolean stopped = self.await(List.of(), () -> stop[0], EmulatedProcess.FOREVER);
            happened.add("stopped " + stopped);
            return 0;
        });
        simulation.schedule(3 * MILLISECOND, () -> ping.signal(Signal.INT));
        runAll();
        assertThat(happened).containsExactly("stopped true");
        assertThat(ping.endedBy()).isNull();
    }

    @Test
    void withoutAHandlerASignalEndsTheProcessAndItsExitActionsRun() {
        EmulatedProcess process = program(self -> {
            self.onExit(() -> happened.add("closed"));
            self.sleep(EmulatedProcess.FOREVER);
            return 0;
        });
        simulation.schedule(MILLISECOND, () -> process.signal(Signal.TERM));
        runAll();
        assertThat(process.exitStatus()).isEqualTo(143);
        assertThat(happened).containsExactly("closed");
    }

    @Test
    void aFrozenProcessRunsOnWhereItStoodWhenThawed() {
        EmulatedProcess process = program(self -> {
            self.sleep(2 * MILLISECOND);
            happened.add("ran on at " + self.now() / MILLISECOND);
            return 0;
        });
        simulation.schedule(MILLISECOND, process::freeze);
        simulation.schedule(9 * MILLISECOND, process::thaw);
        runAll();
        assertThat(happened).containsExactly("ran on at 9");
    }

    @Test
    void aResidentLivesWithoutAThreadUntilItIsKilled() {
        EmulatedProcess server = resident(self -> self.onExit(() -> happened.add("down")));
        runAll();
        assertThat(server.hasEnded()).isFalse();
        server.signal(Signal.TERM);
        runAll();
        assertThat(server.hasEnded()).isTrue();
        assertThat(happened).containsExactly("down");
    }

    @Test
    void whenTheFirstOfAPidNamespaceEndsSoDoTheOthers() {
        var pids = new PidNamespace();
        EmulatedProcess init = start((Resident) self -> {}, pids, nothing, nothing);
        EmulatedProcess other = start((Resident) self -> {}, pids, nothing, nothing);
        runAll();
        init.signal(Signal.KILL);
        runAll();
        assertThat(other.endedBy()).isEqualTo(Signal.KILL);
    }

    @Test
    void aDefectInAProgramEndsThatProgramOnlyAndComesToLight() {
        program(self -> {
            EmulatedProcess child = self.spawn((Program) c -> {
                throw new IllegalStateException("a bug");
            }, List.of("child"));
            happened.add("child ended with " + self.waitFor(child));
            return 0;
        });
        assertThatThrownBy(this::runAll).hasRootCauseMessage("a bug");
        runAll();
        assertThat(happened).containsExactly("child ended with 134");
    }

    @Test
    void aProgramThatWaitsMayRunWhatComesNext() {
        simulation.setShortcut(simulation::runNext);
        program(self -> {
            self.sleep(3 * MILLISECOND);
            self.sleep(4 * MILLISECOND);
            happened.add("slept " + sinceStart(self));
            self.simulation().schedule(MILLISECOND, () -> happened.add("another's"));
            self.sleep(2 * MILLISECOND);
            happened.add("and " + sinceStart(self));
            return 0;
        });
        simulation.runNext();
        assertThat(happened).as("only its start was run for it").containsExactly("slept 7", "another's", "and 9");
    }

    @Test
    void programsThatWaitForEachOtherPassTheBatonAmongThemselves() {
        simulation.setShortcut(simulation::runNext);
        program(self -> {
            for (int i = 1; i <= 3; i++) {
                int number = i;
                EmulatedProcess child = self.spawn((Program) c -> {
                    c.sleep(MILLISECOND);
                    happened.add("child " + number);
                    return number;
                }, List.of("child"));
                happened.add("ended with " + self.waitFor(child));
            }
            return 0;
        });
        simulation.runNext();
        assertThat(happened)
                .as("all in one loan")
                .containsExactly("child 1", "ended with 1", "child 2", "ended with 2", "child 3", "ended with 3");
        assertThat(simulation.isIdle()).isTrue();
    }

    @Test
    void aDefectComesToLightAlsoWhereTheBatonWasPassedOn() {
        simulation.setShortcut(simulation::runNext);
        program(self -> {
            EmulatedProcess child = self.spawn((Program) c -> {
                throw new IllegalStateException("a bug");
            }, List.of("child"));
            happened.add("child ended with " + self.waitFor(child));
            return 0;
        });
        assertThatThrownBy(simulation::runNext).hasRootCauseMessage("a bug");
        runAll();
        assertThat(happened).containsExactly("child ended with 134");
    }

    @Test
    void thereIsRoomForSoManyProcessesOnly() {
        for (int i = 0; i < WorldLimits.DEFAULT.processes(); i++) {
            resident(self -> {});
        }
        assertThatThrownBy(() -> resident(self -> {})).isInstanceOf(ProcessLimitException.class)
                .hasMessage("vethlab: a machine may have 512 processes");
    }

    @Test
    void discardingTheTableEndsThreadsThatStillWait() {
        program(self -> {
            try {
                self.sleep(EmulatedProcess.FOREVER);
            } finally {
                happened.add("unwound");
            }
            return 0;
        });
        simulation.runNext();
        table.discard();
        assertThat(happened).containsExactly("unwound");
    }

    /** Waits for a child as a shell does for what is in its foreground. */
    private int foreground(EmulatedProcess self, Program child) {
        EmulatedProcess started = self.spawn(child, List.of("child"));
        return self.deferringSignals(() -> self.waitLendingThread(started));
    }

    @Test
    void aForegroundChildRunsOnItsParentsThreadAndBothGoOnAsIfItDidNot() {
        program(self -> {
            Thread own = Thread.currentThread();
            int status = foreground(self, child -> {
                happened.add(Thread.currentThread() == own ? "lent" : "own");
                child.sleep(5 * MILLISECOND);
                happened.add("child at " + sinceStart(child));
                return 7;
            });
            happened.add("parent got " + status);
            return 0;
        });
        runAll();
        assertThat(happened).containsExactly("lent", "child at 5", "parent got 7");
    }

    @Test
    void aHandledSignalWaitsUntilTheForegroundChildHasEnded() {
        EmulatedProcess shell = program(self -> {
            self.onSignal(Signal.TERM, () -> happened.add("trap"));
            foreground(self, child -> {
                child.sleep(5 * MILLISECOND);
                happened.add("child");
                return 0;
            });
            happened.add("next");
            return 0;
        });
        simulation.schedule(2 * MILLISECOND, () -> shell.signal(Signal.TERM));
        runAll();
        assertThat(happened).containsExactly("child", "trap", "next");
    }

    @Test
    void aParentThatASignalEndsIsGoneAtOnceAndItsForegroundChildGoesOn() {
        program(init -> {
            Program shell = self -> {
                self.onExit(() -> happened.add("parent ended"));
                foreground(self, child -> {
                    child.sleep(5 * MILLISECOND);
                    happened.add("child");
                    return 0;
                });
                happened.add("never");
                return 0;
            };
            EmulatedProcess parent = init.spawn(shell, List.of("shell"));
            simulation.schedule(2 * MILLISECOND, () -> parent.signal(Signal.KILL));
            happened.add("status " + init.waitFor(parent));
            init.sleep(10 * MILLISECOND);
            return 0;
        });
        runAll();
        assertThat(happened).containsExactly("parent ended", "status 137", "child");
        assertThat(table.processes()).isEmpty();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aForegroundChildBeginsThoughItsParentEndedBeforeAndRunsTheEventsItself() {
        simulation.setShortcut(simulation::runNext);
        program(init -> {
            Program shell = self -> {
                simulation.schedule(ProcessTable.START_COST / 2, () -> self.signal(Signal.KILL));
                return foreground(self, child -> {
                    happened.add("child");
                    return 0;
                });
            };
            happened.add("status " + init.waitFor(init.spawn(shell, List.of("shell"))));
            init.sleep(10 * MILLISECOND);
            return 0;
        });
        runAll();
        assertThat(happened).containsExactly("status 137", "child");
    }

    @Test
    void aForegroundChildsChildHasAThreadOfItsOwn() {
        program(self -> foreground(self, child -> {
            Thread own = Thread.currentThread();
            foreground(child, grandchild -> {
                happened.add(Thread.currentThread() == own ? "lent" : "own");
                grandchild.sleep(MILLISECOND);
                return 0;
            });
            happened.add("child");
            return 0;
        }));
        runAll();
        assertThat(happened).containsExactly("own", "child");
    }

    @Test
    void discardingTheTableUnwindsAForegroundChildAndItsParent() {
        program(self -> {
            try {
                return foreground(self, child -> {
                    try {
                        child.sleep(EmulatedProcess.FOREVER);
                    } finally {
                        happened.add("child");
                    }
                    return 0;
                });
            } finally {
                happened.add("parent");
            }
        });
        simulation.runNext();
        simulation.runNext();
        table.discard();
        assertThat(happened).containsExactly("child", "parent");
    }
}
