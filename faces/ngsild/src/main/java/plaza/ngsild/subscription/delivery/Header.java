package plaza.ngsild.subscription.delivery;

/// One header of a message, as it goes over the wire.
public record Header(String name, String value) {}
