/**
 * The report as one page that needs no network: a template, a style sheet, a script that draws, a
 * chart library, and the documents themselves. Whatever a document says goes onto the page as text,
 * through {@link io.sounder.client.report.html.Markup}.
 */
package io.sounder.client.report.html;
