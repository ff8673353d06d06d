package dev.vethlab.engine.docker;

import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.sim.SeededRandom;

/** Names for containers that were given none: an adjective and somebody's surname. */
public final class NameGenerator {
    private static final String[] ADJECTIVES = ("agile amused bold brave bright busy calm careful charming clever cool cosmic curious dazzling"
                    + " eager earnest easy elated elegant fervent focused frosty funny gallant gentle gifted happy hopeful humble inspiring"
                    + " jolly keen kind lucid lively loving magical merry modest mystic naughty nice nimble optimistic peaceful pensive"
                    + " practical proud quiet quirky relaxed romantic serene sharp silly sleepy stoic sunny sweet tender thirsty trusting"
                    + " upbeat vibrant vigilant vigorous wise witty wonderful xenodochial youthful zealous zen")
            .split(" ");
    private static final String[] SURNAMES = ("albattani allen archimedes babbage bardeen bell bohr boyd brown burnell cannon carson cerf"
                    + " clarke colden cori cray curie darwin davinci dijkstra edison einstein engelbart euclid euler faraday fermat fermi"
                    + " feynman franklin galileo gates gauss goldberg goodall hamilton hawking heisenberg hertz hodgkin hopper hypatia"
                    + " jackson jang jones kalam kare keller kepler khorana kirch knuth kowalevski lamarr leakey liskov lovelace lumiere"
                    + " mayer mccarthy mcclintock meitner mendel minsky moore morse neumann newton nobel noether pare pascal pasteur perlman"
                    + " pike poincare ptolemy raman ride ritchie roentgen rosalind saha sammet shannon shaw shockley snyder stallman tesla"
                    + " thompson torvalds turing varahamihira volta wescoff wilbur wiles williams wilson wing wozniak wright yalow yonath")
            .split(" ");

    private final Kernel kernel;

    public NameGenerator(Kernel kernel) {
        this.kernel = kernel;
    }

    public String next() {
        SeededRandom random = kernel.random("docker-name");
        return ADJECTIVES[random.nextInt(ADJECTIVES.length)] + "_" + SURNAMES[random.nextInt(SURNAMES.length)];
    }
}
