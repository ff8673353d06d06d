package dev.vethlab.engine.docker.image;

/** The page that nginx comes with. */
public final class NginxPage {
    public static final String PATH = "/var/www/html/index.nginx-debian.html";

    /** Where the package keeps it, which its configuration does not look at. */
    public static final String PACKAGED = "/usr/share/nginx/html/index.html";

    public static final String TEXT = """
            <!DOCTYPE html>
            <html>
            <head>
            <title>Welcome to nginx!</title>
            <style>
            html { color-scheme: light dark; }
            body { width: 35em; margin: 0 auto;
            font-family: Tahoma, Verdana, Arial, sans-serif; }
            </style>
            </head>
            <body>
            <h1>Welcome to nginx!</h1>
            <p>If you see this page, nginx is successfully installed and working.
            Further configuration is required for the web server, reverse proxy,\s
            API gateway, load balancer, content cache, or other features.</p>

            <p>For online documentation and support please refer to
            <a href="https://nginx.org/">nginx.org</a>.<br/>
            To engage with the community please visit
            <a href="https://community.nginx.org/">community.nginx.org</a>.<br/>
            For enterprise grade support, professional services, additional\s
            security features and capabilities please refer to
            <a href="https://f5.com/nginx">f5.com/nginx</a>.</p>

            <p><em>Thank you for using nginx.</em></p>
            </body>
            </html>
            """;

    private NginxPage() {}
}
