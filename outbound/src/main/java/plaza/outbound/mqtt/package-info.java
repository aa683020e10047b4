/// How MQTT brokers are reached, whatever is said to them then.
@NullMarked
package plaza.outbound.mqtt;

import org.jspecify.annotations.NullMarked;
