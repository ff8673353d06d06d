package dev.vethlab.engine.docker.image;

import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.file.DebianFiles;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.SystemFiles;
import dev.vethlab.engine.process.file.TreeArchive;
import java.util.List;
import java.util.Map;

/** How the images on hand are made: once for all engines, which get copies that share the files until they write. */
public final class ImageRecipes {
    private static final long BUSYBOX_SIZE = 2_065_215;
    private static final long NETSHOOT_SIZE = 269_236_703;
    private static final String IMPORTED = "Imported from -";

    /** Programs that only a Docker host has. */
    private static final List<String> HOST_ONLY = List.of("dnsmasq", "docker", "dockerd", "docker-proxy", "containerd",
            "containerd-shim-runc-v2",
            "internet.py", "journalctl", "my-app.py", "systemctl");

    /** Programs whose name begins so are busybox's own. */
    private static final String BUSYBOX = "busybox:";

    private final Map<String, Executable> programs;
    private final List<Image> onHand;
    private final List<Image> toPull;

    /** @param programs by name; an image has those of them that its like has */
    public ImageRecipes(Map<String, Executable> programs) {
        this.programs = programs;
        onHand = make();
        toPull = List.of(whoami());
    }

    TreeArchive archive() {
        return new TreeArchive(programs);
    }

    synchronized List<Image> onHand() {
        return onHand.stream().map(Image::copy).toList();
    }

    synchronized List<Image> toPull() {
        return toPull.stream().map(Image::copy).toList();
    }

    private List<Image> make() {
        FileSystem busybox = busybox();
        FileSystem netshoot = netshoot();
        Image.Layer small = layer("busybox", "", BUSYBOX_SIZE, IMPORTED);
        Image.Layer large = layer("netshoot", "", NETSHOOT_SIZE, IMPORTED);
        return List.of(
                new Image(small.imageId(), List.of(small), busybox).runs("sh").tagged("alpine:latest", "busybox:latest"),
                new Image(large.imageId(), List.of(large), netshoot).runs("bash").tagged("nicolaka/netshoot:latest"),
                build(large, nginxFiles(netshoot), 22, "RUN mkdir -p /var/log/nginx", "EXPOSE 80", "CMD [\"nginx\" \"-g\" \"daemon off;\"]")
                        .exposes(80).runs("nginx", "-g", "daemon off;").tagged("nginx:alpine", "nginx:latest"),
                build(large, myAppFiles(netshoot), 417, "COPY file:" + Digests.sha256("my-app.py") + " in /my-app.py ", "EXPOSE 5001",
                        "CMD [\"python3\" \"/my-app.py\"]")
                        .exposes(5001).runs("python3", "/my-app.py").tagged("my-app:latest"),
                build(large, netshoot.copy(), 0, "EXPOSE 6379",
                        "CMD [\"redis-server\" \"--bind\" \"0.0.0.0\" \"--protected-mode\" \"no\"]")
                        .exposes(6379).runs("redis-server", "--bind", "0.0.0.0", "--protected-mode", "no")
                        .tagged("redis:alpine", "redis:latest"));
    }

    private Image build(Image.Layer base, FileSystem files, long size, String... steps) {
        var history = new java.util.ArrayList<Image.Layer>();
        history.add(base);
        StringBuilder all = new StringBuilder(base.imageId());
        for (String step : steps) {
            all.append('\n').append(step);
            boolean noLayer = step.startsWith("CMD") || step.startsWith("EXPOSE");
            String by = step.startsWith("RUN ") ? "/bin/sh -c " + step.substring(4) : "/bin/sh -c #(nop) " + (step.startsWith("COPY") ? "" : " ") + step;
            history.add(layer(all.toString(), by, noLayer ? 0 : size, ""));
        }
        return new Image(history.getLast().imageId(), history, files);
    }

    private Image whoami() {
        var files = new FileSystem();
        SystemFiles.addTo(files);
        addProgram(files, "/whoami", "whoami-server");
        files.addDirectory("/tmp");
        Image.Layer layer = layer("whoami", "COPY whoami / # buildkit", 6_990_000, "");
        return new Image(layer.imageId(), List.of(layer), files).enters("/whoami").exposes(80).tagged("traefik/whoami:latest");
    }

    private static Image.Layer layer(String content, String createdBy, long size, String comment) {
        return new Image.Layer("sha256:" + Digests.sha256(content), createdBy, size, comment, Image.LONG_AGO);
    }

    private FileSystem busybox() {
        var files = new FileSystem();
        SystemFiles.addTo(files);
        // not in /usr/local/bin: the image has no /usr
        addProgram(files, "/bin/why", "why");
        programs.forEach((name, program) -> {
            if (name.startsWith(BUSYBOX)) {
                files.addLink("/bin/" + name.substring(BUSYBOX.length()), "busybox");
            }
        });
        addProgram(files, "/bin/busybox", "busybox");
        files.addFile("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
        files.addDirectory("/root");
        files.addDirectory("/tmp");
        return files;
    }

    private FileSystem netshoot() {
        var files = new FileSystem();
        SystemFiles.addTo(files);
        for (String name : programs.keySet()) {
            if (!HOST_ONLY.contains(name) && !name.contains(":")) {
                addProgram(files, SystemFiles.programPath(name), name);
            }
        }
        DebianFiles.addTo(files);
        files.addDirectory("/run");
        files.addLink("/var/run", "/run");
        files.addFile("/etc/debian_version", "forky/sid\n");
        files.addFile("/etc/os-release",
                "PRETTY_NAME=\"Debian GNU/Linux forky/sid\"\nNAME=\"Debian GNU/Linux\"\nVERSION_CODENAME=forky\nID=debian\n"
                        + "HOME_URL=\"https://www.debian.org/\"\nSUPPORT_URL=\"https://www.debian.org/support\"\n"
                        + "BUG_REPORT_URL=\"https://bugs.debian.org/\"\n");
        return files;
    }

    private static FileSystem nginxFiles(FileSystem netshoot) {
        FileSystem files = netshoot.copy();
        files.addDirectory("/tmp");
        files.addDirectory("/var/lib/nginx/body");
        files.addFile(NginxPage.PATH, NginxPage.TEXT);
        files.addFile(NginxPage.PACKAGED, NginxPage.TEXT);
        files.addLink("/var/log/nginx/access.log", "/dev/stdout");
        files.addLink("/var/log/nginx/error.log", "/dev/stderr");
        return files;
    }

    private FileSystem myAppFiles(FileSystem netshoot) {
        FileSystem files = netshoot.copy();
        Executable program = programs.get("my-app.py");
        if (program != null) {
            files.addScript("/my-app.py", MyApp.SOURCE, program);
        }
        return files;
    }

    private void addProgram(FileSystem files, String path, String name) {
        Executable program = programs.get(name);
        if (program != null) {
            files.addExecutable(path, program);
        }
    }
}
