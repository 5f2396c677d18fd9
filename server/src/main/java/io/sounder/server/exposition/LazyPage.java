package io.sounder.server.exposition;

import io.sounder.server.admin.Answer;
import io.sounder.server.admin.Page;
import io.sounder.server.admin.Question;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * A page that is made when somebody asks for it, so that the start does not wait for its classes.
 */
public final class LazyPage implements Page {
  private final Supplier<Page> maker;
  private Page page;

  public LazyPage(Supplier<Page> maker) {
    this.maker = maker;
  }

  @Override
  public Answer answer(Question question) throws IOException, InterruptedException {
    return page().answer(question);
  }

  private synchronized Page page() {
    if (page == null) {
      page = maker.get();
    }
    return page;
  }
}
