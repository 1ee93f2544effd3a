<?php
/**
 * A post as the article that is sent to the server.
 *
 * @package SoatGioi
 */

namespace SoatGioi;

defined( 'ABSPATH' ) || exit;

/**
 * Return the article that the words of a post make.
 *
 * Captions go apart, because the server counts who stands in them; shortcodes lose their brackets but not their words.
 *
 * @param int    $id      Id of the post, 0 where it is not saved yet.
 * @param string $title   Title as it stands in the editor.
 * @param string $content Content as it stands in the editor: blocks, or HTML with blank lines.
 * @param string $excerpt Excerpt, sent as the lead.
 * @param int    $author  Id of the author.
 * @return array<string, mixed>
 */
function article( $id, $title, $content, $excerpt, $author ) {
	$captions = array();
	$content  = without_captions( $content, $captions );
	$content  = without_shortcodes( $content );
	$user     = $author ? get_userdata( $author ) : false;
	return array(
		'id'       => 'wordpress-' . (int) $id,
		'title'    => html_entity_decode( wp_strip_all_tags( $title ), ENT_QUOTES, 'UTF-8' ),
		'lead'     => wpautop( $excerpt ),
		'body'     => has_blocks( $content ) ? $content : wpautop( $content ),
		'captions' => $captions,
		'format'   => 'html',
		'byline'   => $user ? $user->display_name : null,
		'date'     => current_time( 'Y-m-d' ),
	);
}

/**
 * Take the captions of pictures out of a content.
 *
 * @param string   $content  Content of a post.
 * @param string[] $captions Where the captions are put, in their order.
 * @return string What is left.
 */
function without_captions( $content, array &$captions ) {
	$content = replaced(
		'~<figcaption\b[^>]*>(.*?)</figcaption>~is',
		function ( $found ) use ( &$captions ) {
			$captions[] = $found[1];
			return '';
		},
		$content
	);
	$content = replaced(
		'~\[(wp_)?caption\b([^\]]*)\](.*?)\[/\1?caption\]~is',
		function ( $found ) use ( &$captions ) {
			$named = shortcode_parse_atts( $found[2] );
			$words = preg_replace( '~^\s*(<a\b[^>]*>\s*)?<img\b[^>]*>(\s*</a>)?~i', '', $found[3], 1, $count );
			if ( is_array( $named ) && ! empty( $named['caption'] ) ) {
				$words = $named['caption'];
			}
			$captions[] = (string) $words;
			return $count ? '' : $found[3];
		},
		$content
	);
	// The server takes so many captions; the words of others are still read, as part of the body.
	foreach ( array_splice( $captions, 500 ) as $rest ) {
		$content .= "\n\n<p>$rest</p>";
	}
	return $content;
}

/**
 * Take the brackets of shortcodes out of a content, and leave what they enclose.
 *
 * @param string $content Content of a post.
 * @return string
 */
function without_shortcodes( $content ) {
	global $shortcode_tags;
	if ( empty( $shortcode_tags ) || false === strpos( $content, '[' ) ) {
		return $content;
	}
	$names = implode( '|', array_map( 'preg_quote', array_keys( $shortcode_tags ) ) );
	return replaced(
		"~\[/?(?:$names)(?=[\s/\]])[^\]]*\]~u",
		function () {
			return ' ';
		},
		$content
	);
}

/**
 * Replace what a pattern finds; a content too strange for the pattern stays as it is, so that it is still read.
 *
 * @param string   $pattern Pattern.
 * @param callable $by      What gives the replacement.
 * @param string   $content Content.
 * @return string
 */
function replaced( $pattern, $by, $content ) {
	$done = preg_replace_callback( $pattern, $by, $content );
	return null === $done ? $content : $done;
}

/**
 * Return what tells the words of a post from others.
 *
 * @param string $title   Title.
 * @param string $content Content.
 * @param string $excerpt Excerpt.
 * @return string
 */
function fingerprint( $title, $content, $excerpt ) {
	return md5( (string) wp_json_encode( array( trim( $title ), trim( $content ), trim( $excerpt ) ) ) );
}

/**
 * Return what tells the words of a saved post from others.
 *
 * @param \WP_Post $post The post.
 * @return string
 */
function fingerprint_of( \WP_Post $post ) {
	return fingerprint( $post->post_title, $post->post_content, $post->post_excerpt );
}
