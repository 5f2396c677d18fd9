package io.sounder.client.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MarkupTest {
  @Test
  void textsAndAttributesAreEscaped() {
    Markup markup = new Markup();
    markup.element("p", "a<b> & 'c'", "title", "\"><script>", "class", null);
    assertEquals(
        "<p title=\"&quot;&gt;&lt;script&gt;\">a&lt;b&gt; &amp; &#39;c&#39;</p>", markup.html());
  }

  @Test
  void whatSteersOrTurnsTextAroundIsShown() {
    assertEquals("a\\x00\\xe2\\x80\\xaeb\\n", Markup.escape("a\u0000\u202eb\n"));
  }

  @Test
  void anElementThatWasForgottenIsFoundOut() {
    Markup markup = new Markup().open("div").open("p").close();
    assertThrows(IllegalStateException.class, markup::html);
  }

  @Test
  void jsonInAScriptCannotEndIt() {
    assertEquals(
        "{\"a\":\"\\u003c/script\\u003e\\u003c!--\\u2028\\ud83d\\ude00\"}",
        EmbeddedJson.escape("{\"a\":\"</script><!--\u2028\ud83d\ude00\"}"));
  }
}
